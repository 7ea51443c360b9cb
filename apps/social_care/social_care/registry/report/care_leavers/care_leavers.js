frappe.query_reports["Care Leavers"] = {
	filters: social_care.prints.filters("governorate", "institution", "group", "months"),
	onload: social_care.prints.add_button,
};
