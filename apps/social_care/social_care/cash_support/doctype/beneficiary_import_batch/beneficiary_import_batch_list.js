frappe.listview_settings["Beneficiary Import Batch"] = {
	onload(list) {
		social_care.cash.loads() &&
			list.page.add_inner_button(__("Load a List"), () => social_care.cash.upload());
	},
	get_indicator: (doc) => [
		__(doc.status),
		{ Uploaded: "gray", Loading: "blue", Finished: "green", "Not Readable": "red" }[doc.status],
		`status,=,${doc.status}`,
	],
};
