frappe.ui.form.on("Kafala Awareness Campaign", {
	refresh(frm) {
		if (frm.is_new() || !frappe.model.can_read("Kafala Family File")) return;
		frm.add_custom_button(__("Families Who Applied"), () =>
			frappe.set_route("List", "Kafala Family File", { awareness_campaign: frm.doc.name })
		);
	},
});
