frappe.ui.form.on("Service", {
	refresh(frm) {
		if (frm.is_new() || !social_care.builder.may()) return;
		frm.add_custom_button(
			__("New Version"),
			() => social_care.builder.begin(frm.doc.name),
			__("Service Pack")
		);
		frm.add_custom_button(
			__("All Versions"),
			() => frappe.set_route("List", "Service Pack", { service: frm.doc.name }),
			__("Service Pack")
		);
	},
});
