import fs from "node:fs";
import path from "node:path";
import glob from "fast-glob";
import { PACKAGE_REQUESTS, adapt } from "./adaptations.mjs";

/** Names under `sites/assets/<app>` that are not links into the app's public folder. */
const RESERVED = new Set(["dist", "node_modules"]);

/**
 * Make `sites/assets/<app>` a folder of relative links, one per entry of the app's public folder, so that
 * nothing is ever written into an app. Of node_modules only what the app's pages ask for is reachable.
 */
export function linkApp(bench, app) {
	const folder = path.join(bench.assets, app.name);
	if (fs.lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) fs.unlinkSync(folder);
	const names = fs.existsSync(app.public) ? fs.readdirSync(app.public) : [];
	const visible = names.filter((name) => !RESERVED.has(name) && !name.startsWith("."));
	syncLinks(folder, new Map(visible.map((name) => [name, path.join(app.public, name)])), RESERVED);
	linkPackages(bench, app, path.join(folder, "node_modules"));
}

function linkPackages(bench, app, folder) {
	const own = path.join(path.dirname(app.dir), "node_modules");
	const locate = (name) =>
		[own, bench.nodeModules].map((home) => path.join(home, name)).find((target) => fs.existsSync(target));
	fs.rmSync(folder, { recursive: true, force: true });
	for (const name of findExposed(app)) {
		const target = locate(name);
		if (target) link(path.join(folder, name), target);
		else console.warn(`assets: a page of ${app.name} asks for ${name}, which no package has`);
	}
}

/**
 * What an app's pages load from node_modules while they run.
 * @returns {string[]} paths inside node_modules: a file, or the folder that files are picked from
 */
export function findExposed(app) {
	const files = glob.sync(["public/**/*.{js,vue,html}", "hooks.py"], { cwd: app.dir, absolute: true });
	const pattern = new RegExp(`assets/${app.name}/node_modules/([@\\w./-]+)`, "g");
	const texts = [...files.map((file) => adapt(file, fs.readFileSync(file, "utf8"))), ...PACKAGE_REQUESTS];
	const names = texts.flatMap((text) => [...text.matchAll(pattern)]).map(([, name]) => name);
	return [...new Set(names.map((name) => name.replace(/\/$/, "")))].filter(isInside).sort();
}

/** A whole package is never exposed, only something inside it. */
function isInside(name) {
	const parts = name.split("/");
	return !parts.includes("..") && parts.length > (name.startsWith("@") ? 2 : 1);
}

function syncLinks(folder, wanted, keep) {
	fs.mkdirSync(folder, { recursive: true });
	for (const name of fs.readdirSync(folder)) {
		if (!wanted.has(name) && !keep.has(name)) fs.rmSync(path.join(folder, name), { recursive: true });
	}
	for (const [name, target] of wanted) link(path.join(folder, name), target);
}

function link(place, target) {
	const relative = path.relative(path.dirname(place), target);
	const present = fs.lstatSync(place, { throwIfNoEntry: false });
	if (present?.isSymbolicLink() && fs.readlinkSync(place) === relative) return;
	if (present) fs.rmSync(place, { recursive: true });
	fs.mkdirSync(path.dirname(place), { recursive: true });
	fs.symlinkSync(relative, place);
}
