frappe.listview_settings["Kafala Reservation"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = {
			"Child Reserved": "orange",
			"Family Visits the Child": "blue",
			"Match Accepted": "green",
			"Child Handed Over": "green",
		};
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
