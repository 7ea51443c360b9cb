frappe.listview_settings["Identity Verification Batch"] = {
	get_indicator: (doc) => [
		__(doc.status),
		{ "Being Made": "gray", Ready: "blue", Asking: "blue", Waiting: "orange", Finished: "green" }[
			doc.status
		] || "red",
		`status,=,${doc.status}`,
	],
};
