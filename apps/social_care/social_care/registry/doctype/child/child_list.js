const STATE_COLOURS = {
	Draft: "gray",
	"Submitted by Institution": "orange",
	"Reviewed by Directorate": "blue",
	Approved: "green",
	Returned: "red",
};

frappe.listview_settings["Child"] = {
	hide_name_column: false,
	add_fields: ["file_state", "life_state"],
	get_indicator: (doc) => [
		__(doc.file_state),
		STATE_COLOURS[doc.file_state],
		`file_state,=,${doc.file_state}`,
	],
	onload: (list) => {
		social_care.add_name_box(list);
		social_care.roll.add_buttons(list);
	},
};
