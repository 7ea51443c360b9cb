#!/usr/bin/env node
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createClient } from "@redis/client";
import { Server } from "socket.io";
import { Delivery } from "./delivery.mjs";
import { openRooms } from "./rooms.mjs";
import { readSettings, servesSite } from "./settings.mjs";
import { Web } from "./web.mjs";

const SESSION_COOKIE = /(?:^|;\s*)sid=([\w-]{1,200})(?:;|$)/;
const MOST_MESSAGE_BYTES = 10_000;

/**
 * Live updates for every site of a bench, on the loopback address only. Each site is one namespace; a
 * socket gets in with a page of the same host and a session that the web process knows.
 * @returns {Promise<{address: string, port: number, close: () => Promise<void>}>} once it listens and hears Redis
 */
export async function startServer(settings) {
	const server = http.createServer((_, response) => response.writeHead(404).end());
	const io = new Server(server, {
		cors: { origin: true, credentials: true },
		allowRequest: (request, answer) => answer(null, isSameHost(request.headers)),
		maxHttpBufferSize: MOST_MESSAGE_BYTES,
		serveClient: false,
	});
	const web = new Web(settings.webPort);
	const namespaces = serveSites(io, settings, web);
	const subscriber = await subscribe(settings.redis, namespaces, new Delivery(web, settings.idle));
	await new Promise((resolve, reject) => {
		server.once("error", reject).listen(settings.port, "127.0.0.1", resolve);
	});
	const close = async () => {
		await subscriber.disconnect();
		await io.close();
	};
	return { ...server.address(), close };
}

/** Browsers name the page's host; a request without one, or from another host's page, is refused. */
function isSameHost({ host, origin }) {
	const hostOf = (url) => (URL.canParse(url) ? new URL(url).hostname : null);
	return Boolean(host && origin) && hostOf(origin) === hostOf(`http://${host}`);
}

function serveSites(io, settings, web) {
	const namespaces = new Map();
	const sites = io.of((name, _, answer) => answer(null, servesSite(settings, name.slice(1))));
	sites.use((socket, next) => recognise(socket, web).then(next, () => next(new Error("Refused"))));
	sites.on("connection", (socket) => {
		namespaces.set(socket.nsp.name.slice(1), socket.nsp);
		socket.onAny(() => (socket.data.lastActive = Date.now()));
		openRooms(socket, web);
	});
	return namespaces;
}

async function recognise(socket, web) {
	const { headers, address } = socket.handshake;
	const sid = SESSION_COOKIE.exec(headers.cookie ?? "")?.[1];
	if (!sid) throw new Error("no session");
	const site = socket.nsp.name.slice(1);
	const session = { site, sid, address: headers["x-forwarded-for"] ?? address };
	const info = await web.identify(session);
	if (typeof info?.user !== "string") throw new Error("unknown session");
	Object.assign(socket.data, { session, user: info.user, userType: info.user_type, lastActive: Date.now() });
}

async function subscribe(url, namespaces, delivery) {
	const socket = url.startsWith("unix:") ? { path: url.replace(/^unix:(\/\/)?/, "") } : undefined;
	const subscriber = createClient(socket ? { socket } : { url });
	subscriber.on("error", (error) => console.error(`realtime: Redis: ${error.code ?? error.message}`));
	await subscriber.connect();
	await subscriber.subscribe("events", (text) => {
		const published = parse(text);
		const nsp = namespaces.get(published?.namespace);
		if (nsp) delivery.deliver(nsp, published);
	});
	return subscriber;
}

function parse(text) {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

if (process.argv[1] && fileURLToPath(import.meta.url) === path.resolve(process.argv[1])) {
	try {
		const { address, port } = await startServer(readSettings());
		console.log(`realtime: listening at ${address}:${port}`);
	} catch (error) {
		console.error(`realtime: ${error.message}`);
		process.exit(1);
	}
}
