frappe.listview_settings["Identity Difference"] = {
	get_indicator: (doc) => [
		__(doc.state),
		{ "Not Yet Decided": "orange", Proposed: "blue", Accepted: "green", "Ours Kept": "green", Void: "gray" }[
			doc.state
		],
		`state,=,${doc.state}`,
	],
};
