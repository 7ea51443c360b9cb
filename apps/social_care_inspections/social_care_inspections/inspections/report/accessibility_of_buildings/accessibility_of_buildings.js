frappe.query_reports["Accessibility of Buildings"] = {
	filters: [
		{ fieldname: "governorate", label: __("Governorate"), fieldtype: "Link", options: "Governorate" },
		{
			fieldname: "institution_type",
			label: __("Kind of Institution"),
			fieldtype: "Link",
			options: "Institution Type",
		},
	],
	onload: social_care.prints.add_button,
};
