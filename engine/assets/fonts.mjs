import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

const FONT = /url\(\s*["']?\/assets\/([\w-]+)\/node_modules\/([@\w./-]+\.woff2)["']?\s*\)/g;

/**
 * Give fonts that a sheet takes from packages a name by their content, so that browsers may keep them for ever.
 * @returns {{css: string, fonts: Record<string, string>}} the sheet with the new addresses, and the files to copy: places
 *   below `sites/assets` with the package's file for each
 */
export function nameFonts(bench, css) {
	const fonts = {};
	const named = css.replace(FONT, (whole, app, name) => {
		const source = locate(bench, app, name);
		if (!source) throw new Error(`no package of ${app} has the font ${name}`);
		const place = `${app}/dist/fonts/${path.basename(name, ".woff2")}.${hashOf(source)}.woff2`;
		fonts[place] = source;
		return `url("/assets/${place}")`;
	});
	return { css: named, fonts };
}

function locate(bench, app, name) {
	const own = bench.apps.find((known) => known.name === app);
	const homes = [...(own ? [path.join(path.dirname(own.dir), "node_modules")] : []), bench.nodeModules];
	return homes.map((home) => path.join(home, name)).find((file) => fs.existsSync(file));
}

function hashOf(file) {
	return createHash("sha256").update(fs.readFileSync(file)).digest("hex").slice(0, 8).toUpperCase();
}
