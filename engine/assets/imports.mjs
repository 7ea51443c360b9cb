import fs from "node:fs";
import path from "node:path";
import postcss from "postcss";
import { adapt } from "./adaptations.mjs";

const REMOTE = /^([a-z]+:)?\/\//i;
const TARGET = /^(?:url\(\s*)?["']?([^"')]+)["']?\s*\)?\s*(.*)$/s;
const MIME = { ".png": "image/png", ".gif": "image/gif", ".svg": "image/svg+xml", ".woff2": "font/woff2" };

/**
 * Put every locally imported sheet in the place of its `@import`, its relative addresses made absolute.
 * @returns {{css: string, inputs: string[]}} sheet without local imports, and the files that were read
 */
export function inlineImports(bench, css, file) {
	const inputs = [];
	const root = postcss.parse(css, { from: file });
	replaceImports(bench, root, file, inputs);
	return { css: root.toString(), inputs };
}

function replaceImports(bench, root, file, inputs) {
	root.walkAtRules("import", (rule) => {
		const [, target, condition] = rule.params.match(TARGET);
		if (REMOTE.test(target)) return;
		const found = locate(bench, target, path.dirname(file));
		rule.replaceWith(wrap(readSheet(bench, found, inputs), condition));
	});
}

function readSheet(bench, file, inputs) {
	inputs.push(file);
	const root = postcss.parse(adapt(file, fs.readFileSync(file, "utf8")), { from: file });
	replaceImports(bench, root, file, inputs);
	root.walkDecls((declaration) => {
		declaration.value = absoluteUrls(bench, declaration.value, file);
	});
	return root.nodes;
}

function wrap(nodes, condition) {
	return condition ? postcss.atRule({ name: "media", params: condition, nodes }) : nodes;
}

function locate(bench, target, folder) {
	const name = target.replace(/^~/, "");
	const folders = [folder, bench.nodeModules, ...bench.apps.map((app) => path.dirname(app.dir))];
	const candidates = folders.flatMap((dir) => [path.join(dir, name), path.join(dir, `${name}.css`)]);
	const found = candidates.find((candidate) => fs.statSync(candidate, { throwIfNoEntry: false })?.isFile());
	if (!found) throw new Error(`${folder}: cannot find the imported style sheet ${target}`);
	return found;
}

function absoluteUrls(bench, value, file) {
	return value.replace(/url\(\s*(["']?)(\.{0,2}[^"':)#/][^"':)]*)\1\s*\)/g, (whole, _, target) => {
		const wanted = path.resolve(path.dirname(file), target.replace(/[?#].*$/, ""));
		const app = bench.apps.find(({ public: folder }) => wanted.startsWith(folder + path.sep));
		if (app) return `url("/assets/${app.name}/${path.relative(app.public, wanted)}")`;
		return MIME[path.extname(wanted)] && fs.existsSync(wanted) ? `url("${dataUrl(wanted)}")` : whole;
	});
}

function dataUrl(file) {
	return `data:${MIME[path.extname(file)]};base64,${fs.readFileSync(file).toString("base64")}`;
}
