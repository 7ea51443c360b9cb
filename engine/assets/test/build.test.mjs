import assert from "node:assert/strict";
import fs from "node:fs";
import { afterEach, beforeEach, describe, it } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { TestBench, runScript } from "./support/bench.mjs";

describe("asset builder", () => {
	let bench;

	beforeEach(() => {
		bench = new TestBench();
	});

	afterEach(() => bench.remove());

	it("builds every bundle and lists it under the name the server asks for", async () => {
		const { built, total, changed } = await bench.build();
		assert.deepEqual(built, ["demo/look.bundle.css", "demo/page.bundle.js"]);
		assert.equal(total, 2);
		assert.ok(changed);
		const { "look.bundle.css": style, "page.bundle.js": script } = bench.manifest();
		assert.match(style, /^\/assets\/demo\/dist\/css\/look\.bundle\.[0-9A-F]{8}\.css$/);
		assert.match(script, /^\/assets\/demo\/dist\/js\/page\.bundle\.[0-9A-F]{8}\.js$/);
		const mirrored = bench.manifest("assets-rtl.json");
		assert.deepEqual(Object.keys(mirrored), ["rtl_look.bundle.css"]);
		assert.match(
			mirrored["rtl_look.bundle.css"],
			/^\/assets\/demo\/dist\/css-rtl\/look\.bundle\.[0-9A-F]{8}\.css$/
		);
	});

	it("compiles sass, packages and imported sheets into one", async () => {
		await bench.build();
		const style = bench.output("look.bundle.css");
		assert.match(style, /\.box\{padding-left:3px;color:#123456\}/);
		assert.match(style, /\.datepicker--cells/);
		assert.match(style, /\.plain\{float:left;background:url\(\/assets\/demo\/images\/dot\.svg\)\}/);
		assert.doesNotMatch(style, /@import/);
	});

	it("mirrors for right-to-left pages and heeds what asks not to be", async () => {
		await bench.build();
		const style = bench.output("rtl_look.bundle.css");
		assert.match(style, /\.box\{padding-right:3px;/);
		assert.match(style, /\.plain\{float:right;/);
		assert.match(style, /\.fixed\{padding-left:4px\}/);
		assert.match(style, /\.block\{padding-left:5px\}/);
		assert.match(style, /text-indent:7px/);
		assert.match(bench.output("look.bundle.css"), /text-indent:6px/);
	});

	it("turns templates and Vue components into script", async () => {
		await bench.build();
		const { page } = runScript(bench.output("page.bundle.js"), "ltr");
		assert.equal(page.frappe.templates.greeting.trim(), '<p> Hello, "{{ name }}" </p>');
		assert.equal(typeof page.demo.createApp, "function");
		assert.equal(typeof page.demo.Widget.setup, "function");
		assert.match(page.demo.Widget.__scopeId, /^data-v-[0-9a-f]{8}$/);
		assert.equal(typeof page.demo.Plain.render, "function");
		assert.equal(page.demo.Plain.__scopeId, undefined);
	});

	it("adds a script's styles in the direction of the page, scoped where asked", async () => {
		await bench.build();
		const ltr = runScript(bench.output("page.bundle.js"), "ltr").styles;
		const rtl = runScript(bench.output("page.bundle.js"), "rtl").styles;
		assert.match(ltr, /\.count\[data-v-[0-9a-f]{8}\]\{margin-left:2px\}/);
		assert.match(rtl, /\.count\[data-v-[0-9a-f]{8}\]\{margin-right:2px\}/);
		assert.match(ltr, /\.plain\{float:left/);
		assert.match(rtl, /\.plain\{float:right/);
	});

	it("rebuilds nothing when nothing changed", async () => {
		await bench.build();
		const stamp = fs.statSync(bench.assets("assets.json")).mtimeMs;
		fs.utimesSync(bench.source("js", "Widget.vue"), new Date(), new Date());
		assert.deepEqual(await bench.build(), { built: [], total: 2, pruned: 0, changed: false });
		assert.equal(fs.statSync(bench.assets("assets.json")).mtimeMs, stamp);
	});

	it("rebuilds what a changed file is part of, and removes what it replaces", async () => {
		await bench.build();
		const before = bench.manifest();
		fs.appendFileSync(bench.source("scss", "_colours.scss"), "$ink: #654321;\n");
		const { built, pruned } = await bench.build();
		assert.deepEqual(built, ["demo/look.bundle.css"]);
		assert.equal(pruned, 6);
		assert.notEqual(bench.manifest()["look.bundle.css"], before["look.bundle.css"]);
		assert.equal(bench.manifest()["page.bundle.js"], before["page.bundle.js"]);
		assert.equal(fs.readdirSync(bench.assets("demo", "dist", "css")).length, 3);
	});

	it("sees a change in a sheet that only a component imports", async () => {
		await bench.build();
		fs.appendFileSync(bench.source("css", "plain.css"), ".more { top: 0 }\n");
		assert.deepEqual((await bench.build()).built, ["demo/look.bundle.css", "demo/page.bundle.js"]);
	});

	it("gives the same content the same name, in whatever folder", async () => {
		const other = new TestBench();
		try {
			await Promise.all([bench.build(), other.build()]);
			assert.deepEqual(other.manifest(), bench.manifest());
			assert.deepEqual(other.manifest("assets-rtl.json"), bench.manifest("assets-rtl.json"));
		} finally {
			other.remove();
		}
	});

	it("makes a missing output again, and forgets a removed bundle", async () => {
		await bench.build();
		fs.rmSync(bench.assets("demo", "dist", "js"), { recursive: true });
		assert.deepEqual((await bench.build()).built, ["demo/page.bundle.js"]);
		fs.rmSync(bench.source("scss", "look.bundle.scss"));
		assert.equal((await bench.build()).pruned, 6);
		assert.deepEqual(Object.keys(bench.manifest()), ["page.bundle.js"]);
		assert.deepEqual(bench.manifest("assets-rtl.json"), {});
	});

	it("links public folders, and of node_modules only what pages ask for", async () => {
		fs.mkdirSync(bench.assets(), { recursive: true });
		fs.symlinkSync(bench.source(), bench.assets("demo"));
		await bench.build();
		assert.ok(fs.existsSync(bench.assets("demo", "images", "dot.svg")));
		assert.ok(!fs.existsSync(bench.source("dist")));
		assert.deepEqual(fs.readdirSync(bench.assets("demo", "node_modules")), ["js-sha256"]);
		assert.deepEqual(fs.readdirSync(bench.assets("demo", "node_modules", "js-sha256")), ["build"]);
		assert.ok(
			fs.statSync(bench.assets("demo", "node_modules", "js-sha256", "build", "sha256.min.js")).isFile()
		);
		assert.ok(!fs.readlinkSync(bench.assets("demo", "images")).startsWith("/"));
	});

	it("puts compressed twins beside each output", async () => {
		await bench.build();
		const file = bench.assets(bench.manifest()["page.bundle.js"].replace("/assets/", ""));
		assert.equal(gunzipSync(fs.readFileSync(`${file}.gz`)).toString(), fs.readFileSync(file, "utf8"));
		assert.equal(
			brotliDecompressSync(fs.readFileSync(`${file}.br`)).toString(),
			fs.readFileSync(file, "utf8")
		);
	});

	it("names a package's font by its content, and removes it with the sheet", async () => {
		const font = "/assets/demo/node_modules/flag-icons/font.woff2";
		const face = `@font-face { font-family: A; src: url("${font}") format("woff2"); }\n`;
		fs.appendFileSync(bench.source("scss", "look.bundle.scss"), face);
		await assert.rejects(bench.build(), /no package of demo has the font flag-icons\/font\.woff2/);
		fs.mkdirSync(bench.file("apps", "demo", "node_modules", "flag-icons"), { recursive: true });
		fs.writeFileSync(bench.file("apps", "demo", "node_modules", "flag-icons", "font.woff2"), "a font");
		await bench.build();
		const [name] = fs.readdirSync(bench.assets("demo", "dist", "fonts"));
		assert.match(name, /^font\.[0-9A-F]{8}\.woff2$/);
		assert.ok(bench.output("rtl_look.bundle.css").includes(`url(/assets/demo/dist/fonts/${name})`));
		fs.rmSync(bench.source("scss", "look.bundle.scss"));
		await bench.build();
		assert.deepEqual(fs.readdirSync(bench.assets("demo", "dist", "fonts")), []);
	});

	it("leaves the last good build in place when a source is broken", async () => {
		await bench.build();
		const before = bench.manifest();
		fs.appendFileSync(bench.source("js", "page.bundle.js"), "this is not script\n");
		await assert.rejects(bench.build(), /page\.bundle\.js/);
		assert.deepEqual(bench.manifest(), before);
		assert.ok(bench.output("page.bundle.js"));
	});

	it("refuses an app that is not there, twins, and kinds it cannot build", async () => {
		await assert.rejects(bench.build({ apps: ["nobody"] }), /nobody/);
		fs.writeFileSync(bench.source("css", "look.bundle.css"), "a { top: 0 }");
		await assert.rejects(bench.build(), /would both become demo\/look\.bundle\.css/);
		fs.renameSync(bench.source("css", "look.bundle.css"), bench.source("css", "other.bundle.less"));
		await assert.rejects(bench.build(), /\.less are not supported/);
	});

	it("writes source maps when asked, and is then content without", async () => {
		await bench.build();
		assert.deepEqual((await bench.build({ maps: true })).built, ["demo/page.bundle.js"]);
		assert.match(bench.output("page.bundle.js"), /sourceMappingURL=page\.bundle\.[0-9A-F]{8}\.js\.map/);
		assert.deepEqual((await bench.build()).built, []);
	});
});
