frappe.provide("social_care.kin");

const escape = (text) => frappe.utils.escape_html(String(text ?? ""));
const day = (value) => (value ? frappe.datetime.str_to_user(value) : "");
const in_cell = (text) => `<span class="text-nowrap">${text}</span>`;
const muted = (text) => `<p class="text-muted">${escape(text)}</p>`;

// A table of cells that are HTML already, or a sentence where there is nothing to show.
social_care.kin.table = function (headings, rows, empty) {
	if (!rows.length) return muted(empty);
	const head = headings.map((text) => `<th>${escape(text)}</th>`).join("");
	const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("");
	return `<div class="table-responsive"><table class="table table-bordered social-care-table"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
};

// Siblings in care as the reader may see them; also for dialogs that move a child.
social_care.kin.siblings_html = function (rows) {
	const seen = rows.filter((row) => !row.elsewhere);
	const elsewhere = rows.filter((row) => row.elsewhere);
	const notes = elsewhere.map(
		(row) =>
			`<p class="social-care-sibling-elsewhere">${escape(
				__("One more sibling is in care elsewhere. Whoever may say more: {0}", [row.ask])
			)}</p>`
	);
	if (!seen.length && notes.length) return notes.join("");
	return (
		social_care.kin.table(
			[__("Code"), __("Name"), __("Sex"), __("Age"), __("Where Now"), __("Relation")],
			seen.map((row) => [
				`<a href="${frappe.utils.get_form_link("Child", row.name)}">${escape(row.name)}</a>`,
				escape(row.full_name),
				escape(__(row.sex)),
				escape(row.age),
				place(row),
				escape(row.relation ? __(row.relation) : ""),
			]),
			__("No siblings in care are known.")
		) + notes.join("")
	);
};

function place(row) {
	if (row.same_institution)
		return `<span class="indicator-pill green no-indicator-dot">${__("Same Institution")}</span>`;
	return escape(row.institution_name || __(row.care_type || row.life_state));
}

// Where the child comes from: searches for the family and cases of return.
social_care.kin.show = function (frm, told) {
	fill(frm, "siblings_html", social_care.kin.siblings_html(told.siblings || []));
	const kin = told.kin || {};
	fill(
		frm,
		"kin_html",
		relatives(kin.relatives) +
			records("Family Tracing", kin.tracing, [["next_step_due", __("Next Step Due")]]) +
			records("Reintegration Case", kin.cases, [
				["planned_date", __("Planned Day of Return")],
				["reintegrated_date", __("Returned to the Family On")],
			])
	);
	bind(frm, "kin_html");
};

// The way out of care.
social_care.kin.show_aftercare = function (frm, told) {
	const part = told.aftercare;
	if (!part) return fill(frm, "aftercare_html", "");
	const head = part.leaving_day
		? `<p class="social-care-leaving"><b>${escape(__(part.situation))}</b> – ${escape(
				__("Reaches the age of leaving on {0}", [day(part.leaving_day)])
			)}</p>`
		: "";
	fill(
		frm,
		"aftercare_html",
		head +
			records("Aftercare Plan", part.plans, [["planned_exit_date", __("Planned Exit")]]) +
			records("Stay Extension", part.extensions, [
				["valid_from", __("Stay From")],
				["valid_until", __("Stay Until")],
			]) +
			records("Aftercare Support", part.supports, [
				["kind", __("Kind of Support")],
				["from_date", __("From")],
			])
	);
	bind(frm, "aftercare_html");
};

function relatives(rows) {
	if (!rows) return "";
	const table = social_care.kin.table(
		[__("Relation"), __("Name"), __("Life Status"), __("Phone"), __("Last Contact")],
		rows.map((row) => [
			escape(__(row.relation)),
			escape(row.member_name),
			escape(__(row.life_status || "")),
			`<bdi>${escape(row.phone)}</bdi>`,
			in_cell(day(row.last_contact_date)),
		]),
		__("No relatives are known.")
	);
	return `<div class="social-care-records"><h6>${__("Relatives")}</h6>${table}</div>`;
}

function records(doctype, rows, columns) {
	if (!rows) return "";
	const may = frappe.model.can_create(doctype);
	const button = may
		? `<button class="btn btn-xs btn-default social-care-new" data-doctype="${doctype}">${__("New")}</button>`
		: "";
	const table = social_care.kin.table(
		[__("Code"), __("Status"), ...columns.map(([, label]) => label)],
		rows.map((row) => [
			`<a href="${frappe.utils.get_form_link(doctype, row.name)}">${escape(row.name)}</a>`,
			escape(__(row.separated_again ? "Separated Again" : row.status)),
			...columns.map(([field]) => (field === "kind" ? escape(__(row.kind)) : in_cell(day(row[field])))),
		]),
		__("None yet.")
	);
	return `<div class="social-care-records"><h6>${escape(__(doctype))} ${button}</h6>${table}</div>`;
}

function bind(frm, fieldname) {
	const field = frm.get_field(fieldname);
	field &&
		field.$wrapper
			.find(".social-care-new")
			.on("click", (event) => frappe.new_doc(event.currentTarget.dataset.doctype, { child: frm.doc.name }));
}

function fill(frm, fieldname, html) {
	const field = frm.get_field(fieldname);
	field && field.$wrapper.html(html);
}
