frappe.query_reports["Data Officers of the Directorates"] = {
	filters: social_care.prints.filters("governorate", "as_of"),
	onload: social_care.prints.add_button,
};
