frappe.query_reports["Readiness by Governorate"] = {
	filters: [],
	onload: social_care.prints.add_button,
};
