frappe.query_reports["Grades of Institutions and Their Trend"] = {
	filters: [
		{
			fieldname: "institution_type",
			label: __("Kind of Institution"),
			fieldtype: "Link",
			options: "Institution Type",
		},
		{
			fieldname: "evaluation_grade",
			label: __("Evaluation Grade"),
			fieldtype: "Select",
			options: ["", "A", "B", "C", "D"].map((value) => ({ value, label: value && __(value) })),
		},
	],
	onload: social_care.prints.add_button,
};
