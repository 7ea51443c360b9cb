frappe.listview_settings["Kafala Termination"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = {
			"Study of the Ending": "orange",
			"Ending to Be Decided": "blue",
			"Ending Decided": "purple",
			"Ending Carried Out": "green",
			"Ending Withdrawn": "gray",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
