frappe.query_reports["Children by Age and Sex"] = {
	filters: social_care.prints.filters("governorate", "institution", "as_of"),
	onload: social_care.prints.add_button,
};
