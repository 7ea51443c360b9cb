frappe.query_reports["Children and Institutions by Governorate"] = {
	filters: social_care.prints.filters("as_of"),
	onload: social_care.prints.add_button,
};
