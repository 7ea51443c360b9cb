frappe.listview_settings["Child Savings Entry"] = {
	add_fields: ["status"],
	get_indicator: (doc) => [
		__(doc.status),
		doc.status === "Posted" ? "green" : "orange",
		`status,=,${doc.status}`,
	],
};
