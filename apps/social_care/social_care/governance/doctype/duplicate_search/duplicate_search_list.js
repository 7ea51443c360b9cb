// The whole registry compared with itself, by night or now.
frappe.listview_settings["Duplicate Search"] = {
	hide_name_column: true,
	onload(list) {
		list.page.add_inner_button(__("Search Now"), async () => {
			await frappe.xcall("social_care.api.duplicates.search_now");
			list.refresh();
		});
	},
	get_indicator(doc) {
		const colours = { Waiting: "orange", Working: "blue", Finished: "green" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
