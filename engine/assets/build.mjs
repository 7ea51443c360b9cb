#!/usr/bin/env node
import path from "node:path";
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { forgetManifest } from "./cache.mjs";
import { findBundles, readBench } from "./discover.mjs";
import { linkApp } from "./links.mjs";
import { Progress } from "./progress.mjs";
import { buildScripts } from "./scripts.mjs";
import { State } from "./state.mjs";
import { compileStyle, readStyle } from "./styles.mjs";
import { watchBench } from "./watch.mjs";
import { prune, writeManifests, writeScript, writeStyle } from "./write.mjs";

const DEFAULT_ROOT = fileURLToPath(new URL("../..", import.meta.url));

const USAGE = `node engine/assets/build.mjs [--app NAME]... [--bench FOLDER] [--force] [--maps] [--watch]
  --app    build only this app (may be repeated); others keep what they have
  --bench  folder with apps/ and sites/ (default: the one this file stands in)
  --force  build also what did not change
  --maps   write source maps
  --watch  build, then again whenever a file changes (with source maps)
What "bench build" passes (--apps A,B, --skip_frappe and others) is understood too.`;

const FLAGS = {
	app: { type: "string", multiple: true, default: [] },
	bench: { type: "string", default: DEFAULT_ROOT },
	force: { type: "boolean" },
	maps: { type: "boolean" },
	watch: { type: "boolean" },
	help: { type: "boolean" },
	apps: { type: "string", default: "" },
	skip_frappe: { type: "boolean" },
	files: { type: "string" },
	"run-build-command": { type: "boolean" },
	"save-metafiles": { type: "boolean" },
};

/**
 * Bring the assets of a bench up to date.
 * @param {{root: string, apps?: string[], force?: boolean, maps?: boolean, quiet?: boolean}} options
 * @returns {Promise<{built: string[], total: number, pruned: number, changed: boolean}>} keys of the bundles
 *   that were built, how many there are, files removed, and whether the server's list changed
 */
export async function build({ root, apps = [], force = false, maps = false, quiet = false }) {
	const bench = readBench(root);
	refuseUnknown(bench, apps);
	const chosen = bench.apps.filter((app) => !apps.length || apps.includes(app.name));
	for (const app of chosen) linkApp(bench, app);
	const bundles = bench.apps.flatMap(findBundles);
	const state = new State(bench);
	state.keepOnly(bundles.map(({ key }) => key));
	const mine = bundles.filter(({ app }) => chosen.some(({ name }) => name === app));
	const stale = mine.filter((bundle) => force || !state.isFresh(bundle, maps));
	await buildStale(bench, stale, state, { maps, quiet });
	return { built: stale.map(({ key }) => key), total: mine.length, ...(await publish(bench, state)) };
}

function refuseUnknown(bench, names) {
	const unknown = names.filter((name) => !bench.apps.some((app) => app.name === name));
	if (unknown.length) throw new Error(`not an app of this bench: ${unknown.join(", ")}`);
}

async function buildStale(bench, stale, state, { maps, quiet }) {
	const progress = new Progress(stale.length, quiet);
	const finish = (bundle, inputs, outputs) => {
		state.record(bundle, inputs, outputs);
		progress.step(bundle, outputs);
	};
	const scripts = buildScripts(bench, ofKind(stale, "js"), { maps });
	scripts.catch(() => {});
	for (const bundle of ofKind(stale, "css")) {
		const style = await compileStyle(bench, readStyle(bundle.file));
		finish(bundle, style.inputs, writeStyle(bench, bundle, style));
	}
	const built = await scripts;
	for (const bundle of ofKind(stale, "js")) {
		const script = built.get(bundle.key);
		finish(bundle, script.inputs, writeScript(bench, bundle, script));
	}
}

function ofKind(bundles, kind) {
	return bundles.filter((bundle) => bundle.kind === kind);
}

/** The old files go only after the new list stands. */
async function publish(bench, state) {
	const changed = writeManifests(bench, state);
	state.save();
	if (changed) await forgetManifest(bench);
	return { changed, pruned: prune(bench, state) };
}

/** Names of the apps to build; none stands for all. */
function chosenApps({ app, apps, skip_frappe: skipFrappe, bench }) {
	const named = [...app, ...apps.split(",").filter(Boolean)];
	if (named.length || !skipFrappe) return named;
	return readBench(path.resolve(bench))
		.apps.map(({ name }) => name)
		.filter((name) => name !== "frappe");
}

async function main() {
	const { values } = parseArgs({ options: FLAGS });
	if (values.help) return console.log(USAGE);
	const options = { root: path.resolve(values.bench), apps: chosenApps(values), force: values.force };
	if (values.watch) return watchBench(options, build);
	const started = performance.now();
	const { built, total, pruned } = await build({ ...options, maps: values.maps });
	const seconds = ((performance.now() - started) / 1000).toFixed(1);
	console.log(`assets: ${built.length} of ${total} bundles built, ${pruned} old files removed, ${seconds} s`);
}

if (process.argv[1] && fileURLToPath(import.meta.url) === path.resolve(process.argv[1])) {
	main().catch((error) => {
		console.error(`assets: ${error.message}`);
		process.exitCode = 1;
	});
}
