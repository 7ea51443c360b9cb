frappe.query_reports["Mechanisation Phases"] = {
	filters: [
		{
			fieldname: "mechanisation_phase",
			label: __("Phase"),
			fieldtype: "Link",
			options: "Mechanisation Phase",
		},
	],
	onload: social_care.prints.add_button,
};
