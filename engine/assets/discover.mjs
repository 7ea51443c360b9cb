import fs from "node:fs";
import path from "node:path";
import glob from "fast-glob";

/** Kinds of bundle by file ending. Anything else named `*.bundle.*` is refused by name. */
const KINDS = { ".js": "js", ".ts": "js", ".css": "css", ".scss": "css", ".sass": "css" };

/**
 * The bench a builder works on.
 * @param {string} root folder that holds `apps/`, `sites/` and `node_modules/`
 * @returns {{root: string, assets: string, nodeModules: string, apps: {name: string, dir: string, public: string}[]}}
 *   apps stand in the order of `sites/apps.txt`; those without a package folder are left out
 */
export function readBench(root) {
	const list = fs.readFileSync(path.join(root, "sites", "apps.txt"), "utf8");
	const names = [...new Set(list.split(/\s+/).filter(Boolean))];
	const apps = names.map((name) => describeApp(root, name)).filter((app) => fs.existsSync(app.dir));
	return {
		root,
		apps,
		assets: path.join(root, "sites", "assets"),
		nodeModules: path.join(root, "node_modules"),
	};
}

function describeApp(root, name) {
	const dir = path.join(root, "apps", name, name);
	return { name, dir, public: path.join(dir, "public") };
}

/**
 * Every bundle of an app, sorted by name.
 * @returns {{key: string, app: string, file: string, kind: "js"|"css", name: string}[]}
 *   `name` is what the server asks for (`desk.bundle.css`), `key` is unique over all apps
 */
export function findBundles(app) {
	const files = glob.sync("**/*.bundle.*", {
		cwd: app.public,
		absolute: true,
		ignore: ["**/node_modules/**", "dist/**"],
	});
	const bundles = files.map((file) => describeBundle(app, file));
	refuseTwins(bundles);
	return bundles.sort((a, b) => a.key.localeCompare(b.key));
}

function describeBundle(app, file) {
	const ending = path.extname(file);
	const kind = KINDS[ending];
	if (!kind) throw new Error(`${file}: bundles of kind ${ending} are not supported`);
	const name = `${path.basename(file, ending)}.${kind}`;
	return { key: `${app.name}/${name}`, app: app.name, file, kind, name };
}

function refuseTwins(bundles) {
	const seen = new Map();
	for (const { key, file } of bundles) {
		if (seen.has(key)) throw new Error(`${file} and ${seen.get(key)} would both become ${key}`);
		seen.set(key, file);
	}
}
