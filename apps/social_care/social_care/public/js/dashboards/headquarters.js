// Headquarters: the nation by governorate, by kind of care and by month, beside the published figures.

import { bind, egypt, layers, own } from "./egypt";
import { bars, escape, line_chart, link, number, part, share, table, tiles } from "./parts";

export function headquarters(box, told) {
	const measures = [...own(), ...layers(told.layers)];
	box.innerHTML = [
		tiles(told.headlines),
		'<div class="sc-parts">',
		part(__("Children by Governorate"), egypt(told.governorates, measures)),
		part(__("Published Figures beside the Live Count"), official(told.official)),
		part(__("Children by Kind of Care"), bars(told.care, __("No child is registered yet."))),
		part(__("Children in Institutions Month by Month"), `<div class="sc-chart"></div>${months(told.trend)}`),
		part(__("Governorates"), governorates(told.governorates), true),
		"</div>",
	].join("");
	bind(box, told.governorates, measures);
	line_chart(
		box.querySelector(".sc-chart"),
		__("Children in Care"),
		told.trend.map(({ month }) => month_name(month)),
		told.trend.map(({ present }) => present)
	);
}

const month_name = (day) =>
	social_care.digits.shown(
		new Intl.DateTimeFormat(`${frappe.boot.lang || "ar"}-EG-u-nu-latn`, {
			month: "short",
			year: "2-digit",
		}).format(new Date(`${day}T12:00`))
	);

function months(trend) {
	const headings = ["Month", "Present at Its End", "Arrived", "Departed"].map((title) => __(title));
	const rows = [...trend]
		.reverse()
		.map((line) => [
			escape(month_name(line.month)),
			number(line.present),
			link(line.arrived, undefined, __("Arrived")),
			link(line.left, undefined, __("Departed")),
		]);
	return `<details><summary>${escape(__("Months in Numbers"))}</summary>${table(headings, rows, "")}</details>`;
}

function official(lines) {
	const headings = ["Figure", "Published", "As Of", "Live Count", "Source"].map((title) => __(title));
	const rows = lines.map((line) => [
		escape(line.name),
		number(line.published),
		`<span class="text-nowrap">${escape(frappe.datetime.str_to_user(line.as_of))}</span>`,
		line.live ? link(line.live, undefined, line.name) : "—",
		escape(line.source),
	]);
	return table(headings, rows, __("No figure was published."));
}

function governorates(lines) {
	const headings = [
		"Governorate",
		"Children",
		"Institutions",
		"Licensed Capacity",
		"Occupancy",
		"Completeness",
	].map((title) => __(title));
	const rows = lines.map((line) => [
		escape(line.name),
		link(line.children),
		link(line.institutions),
		number(line.capacity),
		share(line.occupancy),
		share(line.completeness),
	]);
	return table(headings, rows, __("No governorate is yours to see."));
}
