import path from "node:path";
import * as esbuild from "esbuild";
import { scriptPlugins } from "./plugins.mjs";

/**
 * Build script bundles, all in one go so that what they share is read once.
 * @returns {Promise<Map<string, {text: string, map?: string, inputs: string[]}>>} by bundle key; inputs are
 *   absolute paths
 */
export async function buildScripts(bench, bundles, { maps }) {
	if (!bundles.length) return new Map();
	const styleInputs = new Map();
	const result = await esbuild.build(scriptOptions(bench, bundles, maps, styleInputs));
	return new Map(bundles.map((bundle) => [bundle.key, collect(bench, bundle, result, styleInputs)]));
}

function scriptOptions(bench, bundles, maps, styleInputs) {
	return {
		absWorkingDir: bench.root,
		entryPoints: bundles.map(({ key, file }) => ({ in: file, out: key.replace(/\.js$/, "") })),
		outdir: path.join(bench.root, "out"),
		bundle: true,
		write: false,
		metafile: true,
		minify: true,
		sourcemap: maps ? "external" : false,
		format: "iife",
		target: "es2018",
		charset: "utf8",
		logLevel: "silent",
		nodePaths: [bench.nodeModules, ...bench.apps.map((app) => path.dirname(app.dir))],
		loader: { ".svg": "dataurl", ".png": "dataurl", ".gif": "dataurl", ".woff2": "dataurl" },
		define: {
			"process.env.NODE_ENV": '"production"',
			__VUE_OPTIONS_API__: "true",
			__VUE_PROD_DEVTOOLS__: "false",
		},
		plugins: scriptPlugins(bench, styleInputs),
	};
}

function collect(bench, { key }, result, styleInputs) {
	const name = path.join("out", key);
	const find = (suffix) =>
		result.outputFiles.find(({ path: file }) => file === path.join(bench.root, name + suffix));
	const sources = Object.keys(result.metafile.outputs[name].inputs).map((input) => sourceFile(bench, input));
	const inputs = sources.filter(Boolean).flatMap((file) => [file, ...(styleInputs.get(file) ?? [])]);
	return { text: find("").text, map: find(".map")?.text, inputs: [...new Set(inputs)] };
}

/** The file behind an input of esbuild's report; null for modules that are made up during the build. */
function sourceFile(bench, input) {
	const file = input.replace(/^vue-style:/, "").replace(/\?style=\d+$/, "");
	return file.startsWith("helper:") ? null : path.resolve(bench.root, file);
}
