// A directorate: the league of its institutions, the least complete first, and where they are.

import { escape, link, number, part, share, table, tiles } from "./parts";

const SIZE = 320;
const MARGIN = 24;
const SHOWN = 30;

export function directorate(box, told) {
	const ranked = told.league.map((line, place) => ({ ...line, place: place + 1 }));
	box.innerHTML = [
		tiles(told.headlines),
		'<div class="sc-parts">',
		part(__("Institutions by Completeness of Their Files"), league(ranked), true),
		part(__("Institutions on the Map"), map(ranked)),
		"</div>",
	].join("");
	box.querySelector(".sc-more")?.addEventListener("click", (event) => {
		box.querySelector(".sc-league").classList.add("sc-all");
		event.currentTarget.remove();
	});
}

function league(lines) {
	const headings = [
		"#",
		...["Institution", "Children", "Occupancy", "Completeness", "Last Change", "Most Often Missing"].map(
			(title) => __(title)
		),
	];
	const rows = lines.map((line) => [
		number(line.place),
		place_link(line),
		`<span class="text-nowrap">${link(line.children)} / ${number(line.capacity)}</span>`,
		share(line.occupancy),
		share(line.completeness),
		escape(days(line.days)),
		line.weakest ? `${escape(line.weakest.label)} (${link(line.weakest)})` : "—",
	]);
	const more =
		lines.length > SHOWN
			? `<button class="btn btn-default btn-sm sc-more">${escape(__("Show all {0}", [number(lines.length)]))}</button>`
			: "";
	return `<div class="sc-league">${table(headings, rows, __("No institution is yours to see."))}${more}</div>`;
}

const place_link = (line) =>
	line.opens_form
		? `<a href="/app/institution/${encodeURIComponent(line.code)}">${escape(line.name)}</a>`
		: escape(line.name);

function days(value) {
	if (value == null) return "—";
	if (value === 0) return __("Today");
	return __("{0} days ago", [number(value)]);
}

// North is above, east to the right, in true proportions; the number of a mark is its line in the table.
function map(lines) {
	const found = lines.filter((line) => line.latitude && line.longitude);
	if (!found.length) return `<p class="text-muted">${escape(__("No institution has coordinates yet."))}</p>`;
	const middle = (Math.max(...found.map((l) => l.latitude)) + Math.min(...found.map((l) => l.latitude))) / 2;
	const narrow = Math.cos((middle * Math.PI) / 180);
	const points = found.map((line) => ({ line, x: line.longitude * narrow, y: -line.latitude }));
	const left = Math.min(...points.map((p) => p.x));
	const top = Math.min(...points.map((p) => p.y));
	const span = Math.max(0.02, ...points.map((p) => p.x - left), ...points.map((p) => p.y - top));
	const at = (value, from) => MARGIN + ((value - from) / span) * (SIZE - 2 * MARGIN);
	const marks = points.map(({ line, x, y }) => mark(line, at(x, left), at(y, top)));
	return `<svg class="sc-map" viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-label="${escape(
		__("Institutions by their coordinates, north above")
	)}"><rect width="${SIZE}" height="${SIZE}" rx="8"></rect><text x="${SIZE / 2}" y="14">${escape(
		__("North")
	)}</text>${marks.join("")}</svg><p class="text-muted small">${escape(
		__("Numbers are the lines of the table; squares are over capacity.")
	)}</p>`;
}

function mark(line, x, y) {
	const over = line.occupancy > 100;
	const size = 9;
	const shape = over
		? `<rect class="sc-over" x="${x - size}" y="${y - size}" width="${2 * size}" height="${2 * size}"></rect>`
		: `<circle cx="${x}" cy="${y}" r="${size}"></circle>`;
	const title = `<title>${escape(`${line.name}: ${number(line.children.value)} / ${number(line.capacity)}`)}</title>`;
	return `<g>${title}${shape}<text x="${x}" y="${y + 3}">${escape(number(line.place))}</text></g>`;
}
