// Headquarters: the nation by governorate, by kind of care and by month, beside the published figures.

import { bind, egypt } from "./egypt";
import { bars, escape, link, number, part, share, table, tiles } from "./parts";

export function headquarters(box, told) {
	box.innerHTML = [
		tiles(told.headlines),
		'<div class="sc-parts">',
		part(__("Children by Governorate"), egypt(told.governorates)),
		part(__("Published Figures beside the Live Count"), official(told.official)),
		part(__("Children by Kind of Care"), bars(told.care, __("No child is registered yet."))),
		part(__("Children in Institutions Month by Month"), `<div class="sc-chart"></div>${months(told.trend)}`),
		part(__("Governorates"), governorates(told.governorates), true),
		"</div>",
	].join("");
	bind(box, told.governorates);
	chart(box.querySelector(".sc-chart"), told.trend);
}

const month_name = (day) =>
	new Intl.DateTimeFormat(`${frappe.boot.lang || "ar"}-EG-u-nu-latn`, {
		month: "short",
		year: "2-digit",
	}).format(new Date(`${day}T12:00`));

function chart(wrapper, trend) {
	const ordered = frappe.utils.is_rtl() ? [...trend].reverse() : trend;
	new frappe.Chart(wrapper, {
		type: "line",
		height: 220,
		colors: ["#1f6f8b"],
		data: {
			labels: ordered.map(({ month }) => month_name(month)),
			datasets: [{ name: __("Children in Care"), values: ordered.map(({ present }) => present) }],
		},
		axisOptions: { xIsSeries: true, shortenYAxisNumbers: false },
		lineOptions: { regionFill: 1, dotSize: 3 },
		truncateLegends: true,
	});
}

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
