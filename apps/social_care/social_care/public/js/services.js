// Forms of requests. Their record types are made from service packs, so what they share is hung on every form here.

const facts = {};

function is_request(frm) {
	return frm.meta.custom && frm.meta.module === "Services" && frm.fields_dict.pack_version;
}

async function facts_of(frm) {
	const key = `${frm.doctype}/${frm.doc.pack_version || ""}`;
	facts[key] =
		facts[key] ||
		frappe.xcall("social_care.api.services.form_facts", {
			doctype: frm.doctype,
			name: frm.is_new() ? null : frm.doc.name,
		});
	return facts[key];
}

$(document).on("form-load", (_event, frm) => {
	if (!is_request(frm)) return;
	frappe.ui.form.on(frm.doctype, { before_workflow_action: ask_reason });
});

$(document).on("form-refresh", async (_event, frm) => {
	if (!is_request(frm)) return;
	const { place, recorded } = await facts_of(frm);
	if (frm.is_new()) {
		if (place.org_unit && !frm.doc.org_unit) await frm.set_value("org_unit", place.org_unit);
		if (place.institution && !frm.doc.institution) await frm.set_value("institution", place.institution);
	}
	lock_rows(frm);
	show_clock(frm);
	if (recorded && !frm.is_new()) await show_record(frm);
});

async function ask_reason(frm) {
	const { reasons } = await facts_of(frm);
	if (reasons.includes(frm.selected_workflow_action)) await social_care.ask_reason(frm, "reason");
}

// Rows of papers, conditions and of the path are the system's: none is added or taken away by hand.
function lock_rows(frm) {
	["documents", "rule_results", "clock"].forEach((name) => {
		const { grid } = frm.fields_dict[name] || {};
		if (!grid) return;
		grid.cannot_add_rows = true;
		grid.cannot_delete_rows = true;
		grid.refresh();
	});
}

// What an app has made of the request: its steps are taken there. Or the app's file that it is about.
async function show_record(frm) {
	const { doctype, docname: name } = frm;
	const record = await frappe.xcall("social_care.api.services.request_record", { doctype, name });
	if (!record || frm.docname !== name) return;
	const link = frappe.utils.get_form_link(record.doctype, record.name, true, record.name);
	const named = [`${__(record.doctype)} ${link}`];
	const text = record.concerned
		? __("This request is about: {0}", named)
		: __("The steps of this request are taken on: {0}", named);
	frm.set_intro(text, "blue");
}

function show_clock(frm) {
	if (frm.is_new() || !frm.doc.due_on || frm.doc.closed_on) return;
	const left = frappe.datetime.get_day_diff(frm.doc.due_on, frappe.datetime.get_today());
	const text = __("Due on {0}", [frappe.datetime.str_to_user(frm.doc.due_on)]);
	frm.dashboard.add_indicator(text, left < 0 ? "red" : left < 3 ? "orange" : "green");
}
