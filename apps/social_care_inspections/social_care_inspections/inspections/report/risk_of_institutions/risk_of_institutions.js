frappe.query_reports["Risk of Institutions"] = {
	filters: [
		{
			fieldname: "institution_type",
			label: __("Kind of Institution"),
			fieldtype: "Link",
			options: "Institution Type",
		},
	],
	onload: social_care.prints.add_button,
};
