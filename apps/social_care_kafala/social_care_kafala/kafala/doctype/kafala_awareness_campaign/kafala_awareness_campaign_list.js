frappe.listview_settings["Kafala Awareness Campaign"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = { "Campaign Planned": "blue", "Campaign Held": "green", "Campaign Cancelled": "gray" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
