// The tab «Events» of a child's file: everything that happened, newest first, by year. Fetched when the tab is first seen.

frappe.provide("social_care.timeline");

const safe = (text) => social_care.digits.shown(frappe.utils.escape_html(text || ""));

social_care.timeline.show = function (frm) {
	const field = frm.get_field("timeline_html");
	if (!field) return;
	field.$wrapper.empty();
	if (frm.is_new()) return;
	const seen = new IntersectionObserver((entries) => {
		if (!entries.some((entry) => entry.isIntersecting)) return;
		seen.disconnect();
		load(frm, field.$wrapper);
	});
	field.$wrapper.html(`<div class="social-care-timeline text-muted">${__("Loading...")}</div>`);
	seen.observe(field.$wrapper[0]);
};

async function load(frm, wrapper) {
	const child = frm.doc.name;
	const entries = await frappe.xcall("social_care.api.case_work.timeline", { child });
	if (frm.doc.name !== child) return;
	if (!entries.length)
		return wrapper.html(`<p class="text-muted">${__("Nothing has been recorded yet.")}</p>`);
	wrapper.html(
		`<div class="social-care-timeline">${chips(entries)}<div class="entries">${drawn(entries)}</div></div>`
	);
	wrapper.on("click", ".chip", (event) => {
		const kind = event.currentTarget.dataset.kind;
		wrapper.find(".chip").each((_, chip) => chip.setAttribute("aria-pressed", chip.dataset.kind === kind));
		wrapper.find(".entries").html(drawn(entries.filter((entry) => !kind || entry.kind === kind)));
	});
}

function chips(entries) {
	const labels = new Map(entries.map((entry) => [entry.kind, entry.kind_label]));
	const all = [["", __("All Kinds")], ...labels].map(
		([kind, label]) =>
			`<button class="btn btn-default btn-xs chip" data-kind="${safe(kind)}" aria-pressed="${!kind}">${safe(
				label
			)}</button>`
	);
	return `<div class="social-care-buttons">${all.join("")}</div>`;
}

function drawn(entries) {
	const years = [...new Set(entries.map((entry) => entry.year))];
	return years
		.map((year) => {
			const rows = entries.filter((entry) => entry.year === year).map(row);
			return `<h5>${safe(String(year))}</h5><ul>${rows.join("")}</ul>`;
		})
		.join("");
}

function row(entry) {
	const title = entry.doctype
		? `<a href="${frappe.utils.get_form_link(entry.doctype, entry.name)}">${safe(entry.title)}</a>`
		: safe(entry.title);
	const details = entry.details.map((text) => `<div class="text-muted">${safe(text)}</div>`).join("");
	return `<li><div class="when">${frappe.datetime.str_to_user(entry.on)}</div><div><span class="kind">${safe(
		entry.kind_label
	)}</span> <b>${title}</b>${details}</div></li>`;
}
