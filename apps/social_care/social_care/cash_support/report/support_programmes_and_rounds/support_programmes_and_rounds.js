frappe.query_reports["Support Programmes and Rounds"] = {
	filters: [],
	onload: social_care.prints.add_button,
};
