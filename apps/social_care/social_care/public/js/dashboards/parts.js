// What dashboards are made of: figures that lead to their rows, bars, tables.

export const escape = (value) => social_care.digits.shown(frappe.utils.escape_html(String(value ?? "")));
export const attribute = (value) => frappe.utils.escape_html(value);
export const text = (value) => `<span>${escape(value)}</span>`;
export const number = (value) =>
	value == null ? "—" : format_number(value, null, Number.isInteger(value) ? 0 : 1);
export const percent = (value) => (value == null ? "—" : `${number(value)}%`);

// The address of the list that a figure leads to.
export function address(open) {
	const parts = Object.entries(open.filters).map(([field, value]) => {
		const asked = Array.isArray(value) ? JSON.stringify(value) : value;
		return `${encodeURIComponent(field)}=${encodeURIComponent(asked)}`;
	});
	return `/app/${frappe.router.slug(open.doctype)}?${parts.join("&")}`;
}

export function link(figure, shown = number(figure.value), label = figure.label) {
	if (!figure.open) return `<span class="sc-figure">${escape(shown)}</span>`;
	const title = label ? ` aria-label="${escape(`${label}: ${shown}`)}"` : "";
	return `<a class="sc-figure" href="${attribute(address(figure.open))}"${title}>${escape(shown)}</a>`;
}

export const part = (title, body, wide = false) =>
	`<div class="sc-part${wide ? " sc-wide" : ""}"><h3>${escape(title)}</h3>${body}</div>`;

export const tiles = (figures) =>
	`<div class="sc-tiles">${figures
		.map((figure) => `<div class="sc-tile"><span>${escape(figure.label)}</span>${link(figure)}</div>`)
		.join("")}</div>`;

// Bars of a list of figures; their length tells the same as the number beside them.
export function bars(figures, empty) {
	if (!figures.length) return `<p class="text-muted">${escape(empty)}</p>`;
	const most = Math.max(1, ...figures.map((figure) => figure.value));
	const rows = figures.map(
		(figure) => `<li><span class="sc-bar-label">${escape(figure.label)}</span>
			<span class="sc-bar" aria-hidden="true"><i style="width:${(100 * figure.value) / most}%"></i></span>${link(figure)}</li>`
	);
	return `<ul class="sc-bars">${rows.join("")}</ul>`;
}

export function table(headings, rows, empty) {
	if (!rows.length) return `<p class="text-muted">${escape(empty)}</p>`;
	const head = headings.map((title) => `<th scope="col">${escape(title)}</th>`).join("");
	const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("");
	return `<div class="table-responsive sc-table" tabindex="0"><table class="table table-bordered social-care-table"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

// Values along labels in the order of time; where reading goes from right to left, the first stands at the right.
export function line_chart(wrapper, name, labels, values) {
	const in_order = (row) => (frappe.utils.is_rtl() ? [...row].reverse() : row);
	new frappe.Chart(wrapper, {
		type: "line",
		height: 220,
		colors: ["#1f6f8b"],
		data: {
			labels: in_order(labels),
			datasets: [{ name, values: in_order(values) }],
		},
		axisOptions: { xIsSeries: true, shortenYAxisNumbers: true, numberFormatter: number },
		lineOptions: { regionFill: 1, dotSize: 3 },
		tooltipOptions: { formatTooltipY: number },
		truncateLegends: true,
	});
}

// A share as a bar with its number; above the whole it is also told by a mark.
export function share(value) {
	if (value == null) return "—";
	const over = value > 100 ? ` <b title="${escape(__("Over Capacity"))}">▲</b>` : "";
	return `<span class="sc-share"><span class="sc-bar" aria-hidden="true"><i style="width:${Math.min(
		100,
		value
	)}%"></i></span>${percent(value)}${over}</span>`;
}

// A small line of values in the order of time; where reading goes from right to left, the first stands at the right.
export function course({ spark, label }) {
	const [width, height, edge] = [96, 24, 2];
	const [least, most] = [Math.min(...spark), Math.max(...spark)];
	const across = (place) => edge + (place * (width - 2 * edge)) / (spark.length - 1);
	const points = spark.map((value, place) => {
		const x = frappe.utils.is_rtl() ? width - across(place) : across(place);
		const y = height - edge - ((value - least) / (most - least || 1)) * (height - 2 * edge);
		return `${x.toFixed(1)},${y.toFixed(1)}`;
	});
	const told = `${label}: ${spark.map((value) => number(value)).join("، ")}`;
	return `<svg class="sc-course" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(
		told
	)}"><title>${escape(told)}</title><polyline points="${points.join(" ")}" fill="none"/></svg>`;
}

// A figure beside its target: told by a sign and a word, not by colour alone.
export function judged(mark, shown) {
	if (!mark) return shown;
	const [sign, word] = mark === "good" ? ["✓", __("Target Reached")] : ["✗", __("Target Missed")];
	return `${shown} <span class="sc-judged sc-${mark}" title="${escape(word)}"><span aria-hidden="true">${sign}</span><span class="sr-only">${escape(
		word
	)}</span></span>`;
}
