frappe.ui.form.on("Indicator", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.state !== "Measured") return;
		frm.add_custom_button(__("Show the Rows"), () => show_rows(frm));
		frm.add_custom_button(__("Report by Place"), () =>
			frappe.set_route("query-report", "Indicators by Place", { indicator: frm.doc.name })
		);
		if (frm.perm[0]?.write) frm.add_custom_button(__("Compute Now"), () => compute(frm));
	},
});

async function show_rows(frm) {
	const rows = await frappe.xcall("social_care.api.indicator_values.rows_behind", {
		indicator: frm.doc.name,
	});
	if (rows) frappe.set_route("List", rows.doctype, rows.filters);
	else frappe.msgprint(__("No list that you may open shows these rows."));
}

async function compute(frm) {
	await frappe.xcall("social_care.api.indicator_values.compute", { indicator: frm.doc.name });
	frappe.show_alert(__("The indicator is being computed; its values follow in a moment."));
}
