import path from "node:path";
import { createClient } from "@redis/client";
import { readJson } from "./state.mjs";

/** Connection settings for a `redis_*` address of a bench, a Unix socket included. */
export function redisOptions(url) {
	const socket = { connectTimeout: 1000, reconnectStrategy: false };
	return url.startsWith("unix:")
		? { socket: { ...socket, path: url.replace(/^unix:(\/\/)?/, "") } }
		: { url, socket };
}

/**
 * Make the server read `assets.json` afresh; it keeps the list in its cache.
 * @returns {Promise<boolean>} false where the bench names no cache or none answers, which is no error: the
 *   server then reads the file when it starts with an empty cache
 */
export async function forgetManifest(bench) {
	const config = readJson(path.join(bench.root, "sites", "common_site_config.json"));
	if (!config?.redis_cache) return false;
	const client = createClient(redisOptions(config.redis_cache));
	client.on("error", () => {});
	try {
		await client.connect();
		await client.del("assets_json");
		await client.disconnect();
		return true;
	} catch {
		return false;
	}
}
