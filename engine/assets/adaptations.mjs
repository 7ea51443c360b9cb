import fs from "node:fs";
import { fileURLToPath } from "node:url";

const FLAGS = "/assets/frappe/node_modules/flag-icons/flags/4x3/";
const PLYR = "/assets/frappe/node_modules/plyr/dist/plyr.svg";
const BLANK_TILE = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==";

/**
 * What is changed in a source while it is read; the files themselves stay as they are. `file` matches the
 * end of the path, `replace` holds literal pairs, `append` names a file of `extensions/`, `mirror: false`
 * keeps a style sheet as it is in right-to-left pages. A text that a newer version no longer holds is
 * simply not replaced.
 */
const ADAPTATIONS = [
	// The desk draws a seconds slider that the published date picker does not have.
	{ file: /air-datepicker\/dist\/js\/datepicker(\.min)?\.js$/, append: "air-datepicker.js" },
	{ file: /frappe\/form\/controls\/datepicker_i18n\.js$/, append: "datepicker-names.js" },
	// The canvas computes in left-to-right coordinates whatever the page's direction is.
	{ file: /@vue-flow\/core\/dist\/style\.css$/, append: "vue-flow.css" },
	{ file: /@vue-flow\/core\/dist\/.*\.css$/, mirror: false },
	// Nothing on a desk page may ask the internet: flags, map tiles, player icons.
	{ file: /frappe\/utils\/utils\.js$/, replace: [["https://flagcdn.com/", FLAGS]] },
	{
		file: /frappe\/utils\/utils\.js$/,
		replace: [
			["https://{s}.tile.openstreetmap.org/{z}/{x}/{y}.png", BLANK_TILE],
			[`'&copy; <a href="http://osm.org/copyright">OpenStreetMap</a> contributors'`, `""`],
		],
	},
	{ file: /form\/controls\/phone\.js$/, replace: [["https://flagcdn.com/", FLAGS]] },
	{
		file: /plyr\/dist\/plyr\.polyfilled(\.min)?\.(m?js)$/,
		replace: [
			["https://cdn.plyr.io/3.7.8/plyr.svg", PLYR],
			["https://cdn.plyr.io/static/blank.mp4", "data:video/mp4;base64,"],
		],
	},
	// The published scanner keeps its script at the top of the package.
	{ file: /frappe\/scanner\/index\.js$/, replace: [["html5-qrcode/dist/", "html5-qrcode/"]] },
	// A phone field is filled before its asynchronous set-up has finished, and its code covers the number on
	// pages written from right to left.
	{
		file: /form\/controls\/phone\.js$/,
		replace: [
			[
				"async make_input() {",
				"make_input() { return (this.ready = this.make_late()); }\n async make_late() {",
			],
			["async set_formatted_input(value) {", "async set_formatted_input(value) {\n await this.ready;"],
			['isd = this.value.split("-")[0]', 'isd = value.split("-")[0]'],
			["this.$isd.text().trim() && this.value", "value && this.$isd.text().trim() && this.value"],
			['css("padding-left"', 'css("padding-inline-start"'],
			['<span class= "country">', '<span class="country" dir="ltr">'],
		],
	},
];

/** What adapted packages, which no scan of an app sees, ask of the framework's node_modules. */
export const PACKAGE_REQUESTS = [PLYR];

/** True where a source of this path is changed while it is read. */
export function isAdapted(file) {
	return ADAPTATIONS.some((adaptation) => adaptation.file.test(file));
}

/** The text of a source with its adaptations applied. */
export function adapt(file, text) {
	return ADAPTATIONS.filter((adaptation) => adaptation.file.test(file)).reduce(applyOne, text);
}

function applyOne(text, { replace = [], append, mirror = true }) {
	const replaced = replace.reduce((result, [from, to]) => result.replaceAll(from, () => to), text);
	const extended = append ? `${replaced}\n${readExtension(append)}` : replaced;
	return mirror ? extended : `/*rtl:begin:ignore*/${extended}/*rtl:end:ignore*/`;
}

function readExtension(name) {
	return fs.readFileSync(fileURLToPath(new URL(`extensions/${name}`, import.meta.url)), "utf8");
}
