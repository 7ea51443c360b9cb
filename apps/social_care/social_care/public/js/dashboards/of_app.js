// Dashboards that other apps bring: they say what there is (docs/lists-and-dashboards.md), it is drawn here.

import { bind, egypt, layers } from "./egypt";
import {
	attribute,
	bars,
	course,
	escape,
	judged,
	line_chart,
	link,
	number,
	part,
	percent,
	table,
	tiles,
} from "./parts";

const BODIES = { bars: of_bars, table: of_table, map: of_map, line: of_line };

export function of_app(box, told) {
	const parts = told.parts.map((one) => part(one.title, BODIES[one.kind](one), one.wide));
	box.innerHTML = `${tiles(told.headlines)}<div class="sc-parts">${parts.join("")}</div>`;
	const places = box.querySelectorAll(".sc-parts > .sc-part");
	told.parts.forEach((one, place) => {
		if (one.kind === "map") bind(places[place], one.governorates, layers(one.layers));
		if (one.kind === "line" && one.points.length) chart(places[place].querySelector(".sc-chart"), one);
	});
}

function of_bars(one) {
	return bars(one.figures, one.empty);
}

function of_table(one) {
	return table(
		one.headings,
		one.rows.map((cells) => cells.map(cell)),
		one.empty
	);
}

// A text, a number, a course, a figure that leads to its rows (and may be judged), or a record with a note.
function cell(value) {
	if (value == null || value === "") return "—";
	if (typeof value === "number") return escape(number(value));
	if (typeof value === "string") return escape(value);
	if (value.spark) return course(value);
	if (!value.record) return judged(value.mark, link(value, value.percent ? percent(value.value) : undefined));
	const [doctype, name] = value.record;
	const address = `/app/${frappe.router.slug(doctype)}/${encodeURIComponent(name)}`;
	const note = value.note ? `<small class="sc-note">${escape(value.note)}</small>` : "";
	return `<a href="${attribute(address)}">${escape(value.label)}</a>${note}`;
}

function of_map(one) {
	return one.governorates.length
		? egypt(one.governorates, layers(one.layers))
		: `<p class="text-muted">${escape(one.empty)}</p>`;
}

function of_line(one) {
	if (!one.points.length) return `<p class="text-muted">${escape(one.empty)}</p>`;
	const rows = [...one.points].reverse().map((point) => [escape(point.label), link(point)]);
	return `<div class="sc-chart"></div><details><summary>${escape(__("In Numbers"))}</summary>${table(
		[one.axis, one.name],
		rows,
		""
	)}</details>`;
}

function chart(wrapper, { name, points }) {
	line_chart(
		wrapper,
		name,
		points.map(({ label }) => social_care.digits.shown(label)),
		points.map(({ value }) => value)
	);
}
