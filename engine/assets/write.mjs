import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import glob from "fast-glob";
import { writeAtomically } from "./state.mjs";

/**
 * Write one script bundle under its content hash.
 * @returns outputs for `State.record`
 */
export function writeScript(bench, bundle, { text, map }) {
	return { [bundle.name]: writeOutput(bench, bundle, "js", text, map) };
}

/** Write a style bundle for both directions, with its fonts; the mirrored one is listed as `rtl_NAME`. */
export function writeStyle(bench, bundle, { ltr, rtl, fonts }) {
	const written = writeOutput(bench, bundle, "css", ltr);
	for (const [place, source] of Object.entries(fonts)) {
		writeAtomically(path.join(bench.assets, place), fs.readFileSync(source));
		written.files.push(place);
	}
	return {
		[bundle.name]: written,
		[`rtl_${bundle.name}`]: writeOutput(bench, bundle, "css-rtl", rtl),
	};
}

/** Beside each output lie its Brotli and its gzip twin, which web servers send without compressing anew. */
function writeOutput(bench, bundle, folder, text, map) {
	const hash = createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
	const name = bundle.name.replace(/\.(js|css)$/, `.${hash}.$1`);
	const relative = path.posix.join(bundle.app, "dist", folder, name);
	const content = map ? `${text}//# sourceMappingURL=${name}.map\n` : text;
	const files = {
		[relative]: content,
		[`${relative}.gz`]: gzipSync(content, { level: 9 }),
		[`${relative}.br`]: brotli(content),
	};
	if (map) files[`${relative}.map`] = map;
	for (const [file, data] of Object.entries(files)) writeAtomically(path.join(bench.assets, file), data);
	return { url: `/assets/${relative}`, files: Object.keys(files), size: Buffer.byteLength(text) };
}

function brotli(text) {
	// one step below the best takes half the time, and loses one or two in a hundred
	const params = { [constants.BROTLI_PARAM_QUALITY]: 10 };
	return brotliCompressSync(text, { params });
}

/**
 * Write `assets.json` and `assets-rtl.json`. Of bundles with the same name that of the later app wins.
 * @returns {boolean} whether one of them changed
 */
export function writeManifests(bench, state) {
	const urls = Object.entries(outputsInOrder(bench, state)).map(([name, { url }]) => [name, url]);
	const part = (mirrored) =>
		Object.fromEntries(urls.filter(([name]) => name.startsWith("rtl_") === mirrored));
	const changes = [
		writeIfChanged(path.join(bench.assets, "assets.json"), part(false)),
		writeIfChanged(path.join(bench.assets, "assets-rtl.json"), part(true)),
	];
	return changes.some(Boolean);
}

function outputsInOrder(bench, state) {
	const order = bench.apps.map((app) => app.name);
	const appOf = (key) => order.indexOf(key.split("/")[0]);
	const keys = Object.keys(state.bundles).sort((a, b) => appOf(a) - appOf(b) || a.localeCompare(b));
	return Object.assign({}, ...keys.map((key) => state.bundles[key].outputs));
}

function writeIfChanged(file, content) {
	const text = `${JSON.stringify(content, null, 1)}\n`;
	if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === text) return false;
	writeAtomically(file, text);
	return true;
}

/**
 * Remove outputs that no bundle of the bench has any more.
 * @returns {number} how many files went
 */
export function prune(bench, state) {
	const all = Object.values(state.bundles).flatMap(({ outputs }) => Object.values(outputs));
	const wanted = new Set(all.flatMap(({ files }) => files));
	const present = glob.sync("*/dist/{js,css,css-rtl,fonts}/*", {
		cwd: bench.assets,
		followSymbolicLinks: false,
	});
	const stale = present.filter((file) => !wanted.has(file));
	for (const file of stale) fs.rmSync(path.join(bench.assets, file));
	return stale.length;
}
