// The governorates of Egypt as tiles, each about where it lies: column from the west, row from the north, by code.

import { address, attribute, escape, number, percent } from "./parts";

const TILES = {
	"02": [2, 1],
	15: [3, 1],
	11: [5, 1],
	"03": [6, 1],
	33: [1, 2],
	18: [2, 2],
	16: [3, 2],
	12: [4, 2],
	13: [5, 2],
	19: [6, 2],
	34: [7, 2],
	21: [2, 3],
	17: [3, 3],
	14: [4, 3],
	"01": [5, 3],
	"04": [6, 3],
	35: [7, 3],
	23: [3, 4],
	22: [4, 4],
	24: [4, 5],
	31: [6, 5],
	32: [3, 6],
	25: [4, 6],
	26: [4, 7],
	27: [5, 7],
	29: [5, 8],
	28: [5, 9],
};
// Labels are read when a map is drawn, after the desk has its texts.
export const own = () => [
	{ label: __("Children in Care"), figure: (line) => line.children, shown: number },
	{ label: __("Institutions"), figure: (line) => line.institutions, shown: number },
	{ label: __("Occupancy (%)"), figure: (line) => ({ value: line.occupancy }), shown: percent },
	{ label: __("Completeness"), figure: (line) => ({ value: line.completeness }), shown: percent },
];
const SHADES = 5;

// Layers that apps bring: a figure for each governorate, by its code; their labels come in the reader's language.
export const layers = (found = []) =>
	found.map(({ label, percent: share, governorates }) => ({
		label,
		figure: (line) => governorates[line.code] || { value: 0 },
		shown: share ? percent : number,
	}));

export function egypt(lines, measures) {
	const choices = measures.map(({ label }, place) => `<option value="${place}">${escape(label)}</option>`);
	return `<select class="form-control input-xs sc-measure" aria-label="${escape(
		__("What the map shows")
	)}">${choices.join("")}</select><div class="sc-egypt" dir="ltr">${tiles(lines, measures[0])}</div>
		<p class="text-muted small">${escape(__("Each tile is a governorate, about where it lies; darker means more."))}</p>`;
}

export function bind(box, lines, measures) {
	const map = box.querySelector(".sc-egypt");
	box.querySelector(".sc-measure").addEventListener("change", (event) => {
		map.innerHTML = tiles(lines, measures[event.currentTarget.value]);
	});
}

function tiles(lines, { figure, shown }) {
	const most = Math.max(1, ...lines.map((line) => figure(line).value || 0));
	return lines
		.filter((line) => TILES[line.code])
		.map((line) => tile(line, figure(line), shown, most))
		.join("");
}

function tile(line, figure, shown, most) {
	const [column, row] = TILES[line.code];
	const shade = figure.value ? Math.ceil((SHADES * figure.value) / most) : 0;
	const place = `class="sc-governorate sc-shade-${shade}" style="grid-column:${column};grid-row:${row}"`;
	const inside = `<span dir="rtl">${escape(line.name)}</span><b>${escape(shown(figure.value))}</b>`;
	return figure.open
		? `<a ${place} href="${attribute(address(figure.open))}">${inside}</a>`
		: `<div ${place}>${inside}</div>`;
}
