frappe.query_reports["Capacity and Occupancy"] = {
	filters: social_care.prints.filters("governorate", "institution_type", "as_of"),
	onload: social_care.prints.add_button,
};
