frappe.listview_settings["Kafala Centre Building"] = {
	add_fields: ["stage", "planned_opening_date", "opening_date"],
	get_indicator(doc) {
		const colours = {
			Allocated: "gray",
			"Handed Over": "blue",
			"Works under Way": "orange",
			"Works Completed": "yellow",
			Licensed: "cyan",
			"Centre Opened": "green",
			"Allocation Withdrawn": "red",
		};
		return [__(doc.stage), colours[doc.stage], `stage,=,${doc.stage}`];
	},
};
