frappe.listview_settings["Placement"] = {
	add_fields: ["is_current", "end_reason"],
	get_indicator: (doc) =>
		doc.is_current
			? [__("Current"), "green", "is_current,=,1"]
			: [__(doc.end_reason || "Ended"), "gray", "is_current,=,0"],
};
