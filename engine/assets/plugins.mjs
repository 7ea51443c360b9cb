import fs from "node:fs";
import path from "node:path";
import { adapt, isAdapted } from "./adaptations.mjs";
import { compileStyle, readStyle } from "./styles.mjs";
import { vueComponents } from "./vue.mjs";

const STYLE_HELPER = "desk-assets:add-style";

/** Adds one style element; the mirrored text where the page is written from right to left. */
const STYLE_HELPER_SOURCE = `export default function addStyle(ltr, rtl) {
	const style = document.createElement("style");
	style.textContent = document.documentElement.dir === "rtl" ? rtl : ltr;
	document.head.append(style);
}`;

/**
 * The esbuild plugins of one build.
 * @param {Map<string, string[]>} styleInputs filled with what each script's styles were compiled from
 */
export function scriptPlugins(bench, styleInputs) {
	const loadStyle = (source) => styleAsScript(bench, source, styleInputs);
	return [adaptedSources(), htmlTemplates(), vueComponents(bench, loadStyle), styleImports(loadStyle)];
}

function adaptedSources() {
	return {
		name: "adapted-sources",
		setup(build) {
			build.onLoad({ filter: /\.m?js$/ }, ({ path: file }) => {
				if (!isAdapted(file)) return null;
				return { contents: adapt(file, fs.readFileSync(file, "utf8")), loader: "js" };
			});
		},
	};
}

/** `import "./page.html"` registers the template under its file name, white space and comments removed. */
function htmlTemplates() {
	return {
		name: "html-templates",
		setup(build) {
			build.onLoad({ filter: /\.html$/ }, ({ path: file }) => {
				const name = JSON.stringify(path.basename(file, ".html"));
				const html = fs
					.readFileSync(file, "utf8")
					.replace(/\s+/g, " ")
					.replace(/<!--.*?-->/g, "");
				return { contents: `frappe.templates[${name}] = ${JSON.stringify(html)};`, loader: "js" };
			});
		},
	};
}

function styleImports(loadStyle) {
	return {
		name: "style-imports",
		setup(build) {
			build.onResolve({ filter: /^desk-assets:/ }, ({ path: name }) => ({ path: name, namespace: "helper" }));
			build.onLoad({ filter: /.*/, namespace: "helper" }, () => ({ contents: STYLE_HELPER_SOURCE }));
			build.onLoad({ filter: /\.(css|scss|sass)$/ }, ({ path: file }) => loadStyle(readStyle(file)));
		},
	};
}

/** A style sheet as a script that adds it to the page. */
async function styleAsScript(bench, source, styleInputs) {
	const { ltr, rtl, inputs } = await compileStyle(bench, source);
	styleInputs.set(source.file, [...(styleInputs.get(source.file) ?? []), ...inputs]);
	return {
		contents: `import addStyle from "${STYLE_HELPER}";
			const ltr = ${JSON.stringify(ltr)};
			addStyle(ltr, ${ltr === rtl ? "ltr" : JSON.stringify(rtl)});`,
		loader: "js",
		resolveDir: path.dirname(source.file),
	};
}
