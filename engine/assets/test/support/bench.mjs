import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { build } from "../../build.mjs";
import { readJson } from "../../state.mjs";

const FIXTURE = fileURLToPath(new URL("../fixture", import.meta.url));
const NODE_MODULES = fileURLToPath(new URL("../../../../node_modules", import.meta.url));

/** A copy of the fixture bench in a folder of its own. */
export class TestBench {
	constructor() {
		this.root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "assets-")));
		fs.cpSync(FIXTURE, this.root, { recursive: true });
		fs.symlinkSync(NODE_MODULES, path.join(this.root, "node_modules"));
	}

	build(options = {}) {
		return build({ root: this.root, quiet: true, ...options });
	}

	file(...parts) {
		return path.join(this.root, ...parts);
	}

	/** A path inside the fixture app's public folder. */
	source(...parts) {
		return this.file("apps", "demo", "demo", "public", ...parts);
	}

	assets(...parts) {
		return this.file("sites", "assets", ...parts);
	}

	manifest(name = "assets.json") {
		return readJson(this.assets(name));
	}

	/** Text of what the server would send for a name of the manifests. */
	output(name) {
		const url = this.manifest()[name] ?? this.manifest("assets-rtl.json")[name];
		return fs.readFileSync(this.assets(url.replace("/assets/", "")), "utf8");
	}

	remove() {
		fs.rmSync(this.root, { recursive: true });
	}
}

/** Run a built script in a page of a direction; returns the page's globals and the styles it added. */
export function runScript(text, dir) {
	const styles = [];
	const document = {
		documentElement: { dir },
		createElement: () => ({ setAttribute: () => {}, appendChild: () => {} }),
		head: { append: ({ textContent }) => styles.push(textContent) },
	};
	const page = {
		document,
		frappe: { templates: {} },
		navigator: {},
		console,
		SVGElement: class {},
		Element: class {},
	};
	page.window = page;
	vm.runInNewContext(text, page);
	return { page, styles: styles.join("\n") };
}
