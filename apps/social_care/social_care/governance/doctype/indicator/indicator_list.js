frappe.listview_settings["Indicator"] = {
	onload(list) {
		if (!frappe.model.can_create("Indicator")) return;
		list.page.add_inner_button(__("Compute All Now"), async () => {
			await frappe.xcall("social_care.api.indicator_values.compute");
			frappe.show_alert(__("All indicators are being computed; their values follow in some minutes."));
		});
	},
};
