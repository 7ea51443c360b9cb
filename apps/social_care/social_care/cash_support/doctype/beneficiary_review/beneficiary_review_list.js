frappe.listview_settings["Beneficiary Review"] = {
	add_fields: ["result", "status"],
	get_indicator: (doc) => [
		__(doc.status),
		{ Listed: "gray", Verified: "blue", "Moved Over": "green", Excluded: "red" }[doc.status],
		`status,=,${doc.status}`,
	],
};
