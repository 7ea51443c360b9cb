frappe.query_reports["Inspection by Governorate"] = {
	filters: [],
	onload: social_care.prints.add_button,
};
