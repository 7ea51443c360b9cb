frappe.listview_settings["Change Request"] = {
	add_fields: ["state"],
	formatters: { field_label: (value) => __(value) },
	onload(list) {
		const state = social_care.changes.mine();
		if (state)
			list.page.add_inner_button(__("Waiting for My Decision"), () =>
				list.filter_area.clear().then(() => list.filter_area.add([["Change Request", "state", "=", state]]))
			);
	},
	get_indicator: (doc) => [
		__(doc.state),
		{ Applied: "green", Refused: "red", Conflict: "red", Withdrawn: "gray" }[doc.state] || "orange",
		`state,=,${doc.state}`,
	],
};
