import "./digits";
import "./counters";
import "./counts";
import "./accessible";
import "./attach";
import "./breadcrumbs";
import "./case_work";
import "./cash_support";
import "./changes";
import "./child_list";
import "./conflict";
import "./duplicates";
import "./identity";
import "./kin";
import "./labels";
import "./live";
import "./moves";
import "./new_records";
import "./readers";
import "./dashboards";
import "./dates";
import "./numbers";
import "./photograph";
import "./pickers";
import "./prints";
import "./reading";
import "./roll";
import "./roll_differences";
import "./service_reports";
import "./services";
import "./session";
import "./sounds";
import "./steps";
import "./tab_key";
import "./timeline";

frappe.provide("social_care");

$(document).on("app_ready", () => {
	if (!(frappe.boot.social_care || {}).demo) return;
	$(`<span class="social-care-demo">${__("Fictional demonstration data")}</span>`).prependTo(
		".navbar .navbar-collapse"
	);
});

// Before a workflow action: ask for the reason, save it in `fieldname`, then let the action go on. Without a reason
// it never goes on.
social_care.ask_reason = function (frm, fieldname) {
	frappe.dom.unfreeze();
	return new Promise((resolve) => {
		frappe.prompt(
			{ fieldname: "reason", fieldtype: "Small Text", label: __(frm.get_field(fieldname).df.label), reqd: 1 },
			({ reason }) => {
				frm.set_value(fieldname, reason);
				frm.save().then(resolve);
			},
			__(frm.selected_workflow_action)
		);
	});
};

frappe.provide("social_care.child_file");

const escape = (text) => frappe.utils.escape_html(text || "");

// What a child's file shows beside its fields: what is missing, siblings, where the child has lived.
social_care.child_file.show = function (frm) {
	const told = (frm.doc.__onload || {}).social_care || {};
	show_missing(frm, told.missing || [], told.faults || []);
	social_care.kin.show(frm, told);
	social_care.kin.show_aftercare(frm, told);
	fill(frm, "placements_html", placements_table(told.placements || []));
	social_care.identity.show(frm, told.identity || {});
	social_care.changes.show(frm, told.protected || []);
};

function fill(frm, fieldname, html) {
	const field = frm.get_field(fieldname);
	field && field.$wrapper.html(html);
}

// "one, two and three", with the comma and the "and" of the user's language
const listed = (texts) => new Intl.ListFormat(frappe.boot.lang || "ar").format(texts);

const gap_link = (field, text) =>
	`<a class="social-care-gap" data-field="${escape(field)}">${escape(text)}</a>`;

// What a complete file has and this one lacks, and what is wrong in it; each text leads to its field.
function show_missing(frm, missing, faults) {
	frm.layout.show_message();
	if (frm.is_new()) return;
	const gaps = missing.map((gap) => gap_link(gap.fieldname, gap.label));
	const wrong = faults.map((fault) => gap_link(fault.fieldname, fault.sentence));
	const lines = [];
	if (gaps.length) lines.push(`${__("Still missing:")} ${listed(gaps)}`);
	if (wrong.length) lines.push(`${__("To correct:")} ${wrong.join(" ")}`);
	if (!lines.length) return;
	const worst = faults.some((fault) => fault.severity === "Error");
	frm.layout.show_message(lines.join("<br>"), worst ? "red" : "yellow");
	frm.layout.message
		.find(".social-care-gap")
		.on("click", (event) => frm.scroll_to_field(event.currentTarget.dataset.field));
}

function table(headings, rows, empty) {
	if (!rows.length) return `<p class="text-muted">${escape(empty)}</p>`;
	const head = headings.map((text) => `<th>${escape(text)}</th>`).join("");
	const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("");
	return `<div class="table-responsive"><table class="table table-bordered social-care-table"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

const day = (value) =>
	value ? `<span class="text-nowrap">${frappe.datetime.str_to_user(value)}</span>` : "";

function placements_table(rows) {
	return table(
		[__("Place"), __("Movement"), __("From"), __("To"), __("Decision Number")],
		rows.map((row) => [
			escape(row.place),
			escape(__(row.movement)),
			day(row.from_date),
			row.is_current ? `<span class="indicator-pill green">${__("Current")}</span>` : day(row.to_date),
			escape(row.decision_number),
		]),
		__("The first placement is opened when the file is saved.")
	);
}
