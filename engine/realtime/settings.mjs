import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const DEFAULT_ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SITE = /^[a-z0-9][a-z0-9.-]*$/;

/**
 * Where this server listens and whom it asks. SOCKETIO_PORT, WEB_PORT and BENCH_SITE (serve only this site)
 * of the environment go before `sites/common_site_config.json`.
 * @returns {{sites: string, port: number, webPort: number, redis: string, pinned: string|undefined}}
 */
export function readSettings(env = process.env) {
	const sites = path.join(env.BENCH_ROOT || DEFAULT_ROOT, "sites");
	const config = JSON.parse(fs.readFileSync(path.join(sites, "common_site_config.json"), "utf8"));
	return {
		sites,
		port: Number(env.SOCKETIO_PORT || config.socketio_port),
		webPort: Number(env.WEB_PORT || config.webserver_port),
		redis: config.redis_queue,
		pinned: env.BENCH_SITE || undefined,
	};
}

/** True where the bench has this site and this server may serve it. */
export function servesSite({ sites, pinned }, site) {
	if (!SITE.test(site) || (pinned && pinned !== site)) return false;
	return fs.existsSync(path.join(sites, site, "site_config.json"));
}
