frappe.query_reports["Children without National Number"] = {
	filters: social_care.prints.filters("governorate", "institution"),
	onload: social_care.prints.add_button,
};
