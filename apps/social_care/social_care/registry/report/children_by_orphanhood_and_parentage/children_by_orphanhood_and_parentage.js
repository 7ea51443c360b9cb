frappe.query_reports["Children by Orphanhood and Parentage"] = {
	filters: [
		{
			fieldname: "told_by",
			label: __("Columns"),
			fieldtype: "Select",
			default: "Orphanhood",
			reqd: 1,
			options: ["Orphanhood", "Parentage", "How the Child Came"].map((value) => ({
				value,
				label: __(value),
			})),
		},
		{
			fieldname: "by",
			label: __("Rows"),
			fieldtype: "Select",
			default: "Governorate",
			reqd: 1,
			options: ["Governorate", "Institution", "Sex", "Age Band", "Orphanhood", "Parentage"].map((value) => ({
				value,
				label: __(value),
			})),
		},
		...social_care.prints.filters("governorate", "institution"),
		{
			fieldname: "sex",
			label: __("Sex"),
			fieldtype: "Select",
			options: ["", "Male", "Female"].map((value) => ({ value, label: value && __(value) })),
		},
		{ fieldname: "for_publication", label: __("For Publication"), fieldtype: "Check" },
	],
	formatter: social_care.service_reports.formatter,
	onload(report) {
		social_care.prints.add_button(report);
		social_care.service_reports.open_lists(report);
	},
};
