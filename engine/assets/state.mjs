import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import glob from "fast-glob";

const HERE = path.dirname(fileURLToPath(import.meta.url));

/**
 * What earlier builds made, kept in `var/assets.json` of the bench. A bundle is fresh while every file it
 * was made from holds the same bytes, its outputs are there, and neither builder nor packages changed.
 */
export class State {
	constructor(bench) {
		this.bench = bench;
		this.file = path.join(bench.root, "var", "assets.json");
		this.digests = new Map();
		this.toolchain = digest(toolFiles(bench).map((file) => this.#digestOf(file)));
		const stored = readJson(this.file);
		this.bundles = stored?.toolchain === this.toolchain ? stored.bundles : {};
	}

	/** True where the bundle needs no building; with `maps` only if it has source maps where it can. */
	isFresh({ key, file, kind }, maps) {
		const made = this.bundles[key];
		if (!made || made.file !== this.#relative(file)) return false;
		const files = Object.values(made.outputs).flatMap((output) => output.files);
		if (maps && kind === "js" && !files.some((name) => name.endsWith(".map"))) return false;
		const present = files.every((output) => fs.existsSync(path.join(this.bench.assets, output)));
		return present && made.stamp === this.#stamp(made.inputs);
	}

	/** Remember a built bundle; `outputs` maps names of assets.json to `{url, files, size}`. */
	record({ key, file }, inputs, outputs) {
		const relative = inputs.map((input) => this.#relative(input)).filter((input) => !isPackage(input));
		const sorted = [...new Set(relative)].sort();
		this.bundles[key] = { file: this.#relative(file), inputs: sorted, stamp: this.#stamp(sorted), outputs };
	}

	/** Forget bundles that no longer exist. */
	keepOnly(keys) {
		const wanted = new Set(keys);
		this.bundles = Object.fromEntries(Object.entries(this.bundles).filter(([key]) => wanted.has(key)));
	}

	save() {
		writeAtomically(this.file, JSON.stringify({ toolchain: this.toolchain, bundles: this.bundles }));
	}

	#relative(file) {
		return path.relative(this.bench.root, file);
	}

	#stamp(inputs) {
		return digest(inputs.map((input) => `${input} ${this.#digestOf(path.join(this.bench.root, input))}`));
	}

	#digestOf(file) {
		if (!this.digests.has(file)) this.digests.set(file, digestFile(file));
		return this.digests.get(file);
	}
}

/** The builder itself and the list of installed packages, which stands for all of node_modules. */
function toolFiles(bench) {
	const own = glob.sync("**/*.{mjs,js,css}", { cwd: HERE, absolute: true, ignore: ["test/**"] });
	return [...own.sort(), path.join(bench.nodeModules, ".package-lock.json")];
}

function isPackage(file) {
	return file.split(path.sep).includes("node_modules");
}

function digestFile(file) {
	return fs.existsSync(file) ? digest([fs.readFileSync(file)]) : "missing";
}

function digest(parts) {
	const hash = createHash("sha256");
	for (const part of parts) hash.update(part).update("\0");
	return hash.digest("hex");
}

export function readJson(file) {
	try {
		return JSON.parse(fs.readFileSync(file, "utf8"));
	} catch {
		return null;
	}
}

/** Write so that a reader, or a killed builder, never leaves half a file. */
export function writeAtomically(file, content) {
	fs.mkdirSync(path.dirname(file), { recursive: true });
	const temporary = `${file}.${process.pid}`;
	fs.writeFileSync(temporary, content);
	fs.renameSync(temporary, file);
}
