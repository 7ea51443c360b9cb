import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import autoprefixer from "autoprefixer";
import { transform } from "esbuild";
import postcss from "postcss";
import rtlcss from "rtlcss";
import * as sass from "sass";
import { adapt } from "./adaptations.mjs";
import { nameFonts } from "./fonts.mjs";
import { inlineImports } from "./imports.mjs";

const prefixer = autoprefixer();

/**
 * Compile one style sheet for both writing directions.
 *
 * The mirrored variant is made before anything drops comments, so `rtl:ignore` and its relatives hold.
 * @param {{text: string, file: string, syntax: "css"|"scss"|"indented", scope?: (css: string) => string}} source
 *   `scope` narrows the compiled rules before imported sheets are put in their place
 * @returns {Promise<{ltr: string, rtl: string, inputs: string[], fonts: Record<string, string>}>} minified CSS, every
 *   file it came from, and the fonts to put beside it
 */
export async function compileStyle(bench, source) {
	const plain = source.syntax === "css" ? readPlain(source) : compileSass(bench, source);
	const scoped = source.scope ? source.scope(plain.css) : plain.css;
	const inlined = inlineImports(bench, scoped, source.file);
	const prefixed = await postcss([prefixer]).process(inlined.css, { from: source.file });
	const { css, fonts } = nameFonts(bench, prefixed.css);
	const [ltr, rtl] = await Promise.all([minify(css), minify(rtlcss.process(css))]);
	return { ltr, rtl, fonts, inputs: [...new Set([...plain.inputs, ...inlined.inputs])] };
}

/** The syntax that a file ending or the `lang` of a style block stands for. */
export function syntaxOf(ending) {
	return { scss: "scss", sass: "indented" }[ending.replace(/^\./, "")] ?? "css";
}

/** A style sheet on disk as a source for `compileStyle`. */
export function readStyle(file) {
	return { text: adapt(file, fs.readFileSync(file, "utf8")), file, syntax: syntaxOf(path.extname(file)) };
}

function readPlain({ text, file }) {
	return { css: text, inputs: [file] };
}

function compileSass(bench, { text, file, syntax }) {
	const result = sass.compileString(text, {
		syntax,
		url: pathToFileURL(file),
		loadPaths: [bench.nodeModules, ...appFolders(bench)],
		importers: [{ findFileUrl: (url) => packageUrl(bench, url) }],
		quietDeps: true,
		logger: sass.Logger.silent,
	});
	const inputs = result.loadedUrls.filter((url) => url.protocol === "file:").map((url) => url.pathname);
	return { css: result.css, inputs: [file, ...inputs.map(decodeURIComponent)] };
}

/** `~name/...` asks for a package, first beside the apps that bring their own, then the bench's. */
function packageUrl(bench, url) {
	if (!url.startsWith("~")) return null;
	const own = appFolders(bench).map((dir) => path.join(dir, "node_modules"));
	const name = url.slice(1).split("/")[0];
	const home = own.find((dir) => fs.existsSync(path.join(dir, name))) ?? bench.nodeModules;
	return pathToFileURL(path.join(home, url.slice(1)));
}

function appFolders(bench) {
	return bench.apps.map((app) => path.dirname(app.dir));
}

async function minify(css) {
	const { code } = await transform(css, { loader: "css", minify: true, charset: "utf8", logLevel: "silent" });
	return code;
}
