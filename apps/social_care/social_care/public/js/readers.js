// «Who Has Read This File»: the readings of one child's file, for whoever may see the report.

frappe.provide("social_care.readers");

const REPORT = "Readings of Files";

social_care.readers.add_action = function (frm) {
	if (frm.is_new() || !frappe.boot.user.all_reports?.[REPORT]) return;
	frm.add_custom_button(
		__("Who Has Read This File"),
		() => frappe.set_route("query-report", REPORT, { child: frm.doc.name }),
		__("Care")
	);
};
