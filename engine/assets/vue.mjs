import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import * as compiler from "@vue/compiler-sfc";
import { syntaxOf } from "./styles.mjs";

const STYLE_QUERY = /\.vue\?style=(\d+)$/;

/**
 * Vue 3 single-file components for esbuild.
 * @param {(source: object) => Promise<object>} loadStyle turns a style block into an esbuild load result
 */
export function vueComponents(bench, loadStyle) {
	return {
		name: "vue-components",
		setup(build) {
			build.onLoad({ filter: /\.vue$/ }, ({ path: file }) => loadComponent(bench, file));
			build.onResolve({ filter: STYLE_QUERY }, ({ path: name }) => ({ path: name, namespace: "vue-style" }));
			build.onLoad({ filter: STYLE_QUERY, namespace: "vue-style" }, ({ path: name }) =>
				loadStyle(styleBlock(bench, name))
			);
		},
	};
}

function loadComponent(bench, file) {
	const parts = parseComponent(bench, file);
	const contents = [
		scriptOf(parts),
		inlinesTemplate(parts) ? "" : renderOf(parts),
		parts.scoped ? `component.__scopeId = "${parts.scopeId}";` : "",
		...parts.descriptor.styles.map((_, index) => `import ${JSON.stringify(`${file}?style=${index}`)};`),
		"export default component;",
	];
	const loader = parts.descriptor.script?.lang ?? parts.descriptor.scriptSetup?.lang ?? "js";
	return { contents: contents.join("\n"), loader, resolveDir: path.dirname(file) };
}

function parseComponent(bench, file) {
	const { descriptor, errors } = compiler.parse(fs.readFileSync(file, "utf8"), { filename: file });
	if (errors.length) throw new Error(`${file}: ${errors[0].message}`);
	const id = createHash("sha256").update(path.relative(bench.root, file)).digest("hex").slice(0, 8);
	const scoped = descriptor.styles.some((style) => style.scoped);
	return { descriptor, file, id, scoped, scopeId: `data-v-${id}` };
}

function inlinesTemplate({ descriptor }) {
	return !descriptor.template || Boolean(descriptor.scriptSetup);
}

function scriptOf({ descriptor, id }) {
	if (!descriptor.script && !descriptor.scriptSetup) return "const component = {};";
	const options = { id, isProd: true, inlineTemplate: true, genDefaultAs: "component" };
	return compiler.compileScript(descriptor, options).content;
}

function renderOf({ descriptor, file, id, scoped, scopeId }) {
	const { code, errors } = compiler.compileTemplate({
		source: descriptor.template.content,
		filename: file,
		id,
		scoped,
		isProd: true,
		compilerOptions: { scopeId: scoped ? scopeId : undefined },
	});
	if (errors.length) throw new Error(`${file}: ${errors[0].message ?? errors[0]}`);
	return `${code.replace("export function render", "function render")}\ncomponent.render = render;`;
}

function styleBlock(bench, name) {
	const [file, index] = name.split("?style=");
	const parts = parseComponent(bench, file);
	const style = parts.descriptor.styles[Number(index)];
	const scope = (css) => scopeRules(css, parts);
	return {
		text: style.content,
		file,
		syntax: syntaxOf(style.lang ?? "css"),
		scope: style.scoped ? scope : undefined,
	};
}

function scopeRules(css, { file, scopeId }) {
	const { code, errors } = compiler.compileStyle({ source: css, filename: file, id: scopeId, scoped: true });
	if (errors.length) throw new Error(`${file}: ${errors[0].message}`);
	return code;
}
