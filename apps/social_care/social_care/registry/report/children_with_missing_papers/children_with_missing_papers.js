frappe.query_reports["Children with Missing Papers"] = {
	filters: social_care.prints.filters("governorate", "institution", "missing"),
	onload: social_care.prints.add_button,
};
