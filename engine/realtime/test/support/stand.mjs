import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { createClient } from "@redis/client";
import { io } from "socket.io-client";
import { startServer } from "../../server.mjs";
import { startRedis } from "./redis.mjs";

/** Time in which an event that is going to come has come. */
const SETTLED_MS = 300;

/** Sessions of the stand-in web process: `sid` to user. */
export const SESSIONS = {
	amal: { user: "amal@example.com", user_type: "System User" },
	badr: { user: "badr@example.com", user_type: "System User" },
	parent: { user: "parent@example.com", user_type: "Website User" },
};

/** A private Redis, a stand-in web process, the server under test and clients of it. */
export class Stand {
	static async open({ idle } = {}) {
		const stand = new Stand();
		stand.rules = { documents: new Set(), types: new Set() };
		stand.asked = [];
		stand.clients = [];
		stand.redis = await startRedis();
		await stand.#startWeb();
		const settings = {
			sites: stand.#makeSites(),
			port: 0,
			webPort: stand.webPort,
			redis: stand.redis.url,
			idle,
		};
		stand.server = await startServer(settings);
		stand.publisher = createClient({ url: stand.redis.url });
		await stand.publisher.connect();
		return stand;
	}

	/** Connect as the browser page of a site; resolves to a client that records every event. */
	async connect(sid, { site = "a.localhost", origin = "http://127.0.0.1:8000" } = {}) {
		const extraHeaders = { origin, ...(sid ? { cookie: `sid=${sid}; other=1` } : {}) };
		const url = `http://127.0.0.1:${this.server.port}/${site}`;
		const client = io(url, { extraHeaders, reconnection: false, forceNew: true });
		this.clients.push(client);
		client.seen = [];
		client.onAny((event, message) => client.seen.push({ event, message }));
		await Promise.race([
			once(client, "connect"),
			once(client, "connect_error").then(([error]) => Promise.reject(error)),
		]);
		return client;
	}

	/** Ask for rooms and wait until the answers are in. */
	async ask(client, ...request) {
		client.emit(...request);
		await this.settle();
	}

	/** Publish as the framework does and wait until it could have arrived. */
	async publish(event, room, message = {}, namespace = "a.localhost") {
		await this.publisher.publish("events", JSON.stringify({ event, room, message, namespace }));
		await this.settle();
	}

	settle() {
		return new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
	}

	async close() {
		for (const client of this.clients) client.disconnect();
		await this.server.close();
		await this.publisher.disconnect();
		this.web.close();
		await this.redis.stop();
		fs.rmSync(this.folder, { recursive: true });
	}

	#makeSites() {
		this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "realtime-"));
		for (const site of ["a.localhost", "b.localhost"]) {
			fs.mkdirSync(path.join(this.folder, site));
			fs.writeFileSync(path.join(this.folder, site, "site_config.json"), "{}");
		}
		return this.folder;
	}

	async #startWeb() {
		this.web = http.createServer((request, response) => this.#answer(request, response));
		await once(this.web.listen(0, "127.0.0.1"), "listening");
		this.webPort = this.web.address().port;
	}

	/** What the framework would say; sessions belong to a.localhost only. */
	#answer(request, response) {
		const url = new URL(request.url, "http://web");
		const sid = /sid=(\w+)/.exec(request.headers.cookie)?.[1];
		const info = request.headers.host === "a.localhost" ? SESSIONS[sid] : undefined;
		const method = url.pathname.split(".").pop();
		this.asked.push({ method, sid, host: request.headers.host });
		const message = this.#decide(method, info?.user, Object.fromEntries(url.searchParams), info);
		if (this.hangs > 0) return void (this.hangs--, request.socket.destroy());
		response.writeHead(this.broken ? 500 : message === undefined ? 403 : 200);
		response.end(JSON.stringify({ message }));
	}

	#decide(method, user, { doctype, docname, filters }, info) {
		const { documents, types } = this.rules;
		const reads = (name) => documents.has(`${user} ${doctype} ${name}`);
		if (method === "get_user_info") return info ?? { user: "Guest", user_type: null };
		if (method === "can_subscribe_doctype") return types.has(`${user} ${doctype}`) || undefined;
		if (method === "can_subscribe_doc") return reads(docname) || undefined;
		return JSON.parse(filters)
			.name[1].filter(reads)
			.map((name) => ({ name }));
	}
}
