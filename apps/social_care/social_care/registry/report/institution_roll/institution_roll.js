frappe.query_reports["Institution Roll"] = {
	filters: social_care.prints.filters("institution!", "as_of"),
	onload: social_care.prints.add_button,
};
