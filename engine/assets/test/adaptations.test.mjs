import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { adapt } from "../adaptations.mjs";

const resolve = createRequire(import.meta.url).resolve;
const FRAMEWORK = fileURLToPath(new URL("../../../apps/frappe/frappe/public/js/frappe", import.meta.url));

const read = (file) => adapt(file, fs.readFileSync(file, "utf8"));

describe("adapted sources", () => {
	it("ask no other host", () => {
		const files = ["utils/utils.js", "form/controls/phone.js"].map((name) => path.join(FRAMEWORK, name));
		const hosts = /flagcdn\.com|tile\.openstreetmap\.org|cdn\.plyr\.io\/([\d.]+\/plyr\.svg|static\/blank)/g;
		const texts = [...files, resolve("plyr/dist/plyr.polyfilled.js")].map(read).join("\n");
		assert.deepEqual(texts.match(hosts), null);
	});

	it("give the date picker its seconds", () => {
		assert.match(read(resolve("air-datepicker/dist/js/datepicker.min.js")), /\$secondsText/);
	});

	it("keep the workflow canvas as it is on mirrored pages", () => {
		const text = read(resolve("@vue-flow/core/dist/style.css"));
		assert.match(text, /^\/\*rtl:begin:ignore\*\/[\s\S]*\/\*rtl:end:ignore\*\/$/);
		assert.match(text, /direction: ltr/);
	});

	it("let a phone field finish its set-up before it is filled", () => {
		const text = read(path.join(FRAMEWORK, "form/controls/phone.js"));
		assert.match(text, /this\.ready = this\.make_late\(\)/);
		assert.match(text, /set_formatted_input\(value\) \{\s+await this\.ready/);
		assert.match(text, /else if \(value && this\.\$isd\.text\(\)/);
	});
});
