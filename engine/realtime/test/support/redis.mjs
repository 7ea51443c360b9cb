import { spawn } from "node:child_process";
import { once } from "node:events";
import net from "node:net";

/**
 * A Redis of its own, in memory only, on a free loopback port.
 * @returns {Promise<{url: string, stop: () => Promise<void>}>} once it accepts connections
 */
export async function startRedis() {
	const port = await freePort();
	const options = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
	const child = spawn("redis-server", options.map(String), { stdio: ["ignore", "pipe", "inherit"] });
	const ended = once(child, "exit");
	for await (const text of child.stdout) if (String(text).includes("Ready to accept")) break;
	const stop = async () => {
		child.kill();
		await ended;
	};
	return { url: `redis://127.0.0.1:${port}`, stop };
}

async function freePort() {
	const server = net.createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address();
	server.close();
	return port;
}
