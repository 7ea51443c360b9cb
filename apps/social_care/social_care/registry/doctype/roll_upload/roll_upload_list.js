const ROLL_COLOURS = { Checked: "blue", Applied: "green", Failed: "red" };

frappe.listview_settings["Roll Upload"] = {
	add_fields: ["status"],
	get_indicator: (doc) => [__(doc.status), ROLL_COLOURS[doc.status] || "orange", `status,=,${doc.status}`],
	onload: (list) => social_care.roll.add_buttons(list),
};
