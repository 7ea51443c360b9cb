frappe.query_reports["Confirmation of Data"] = {
	filters: [
		{ fieldname: "cycle", label: __("Confirmation Cycle"), fieldtype: "Link", options: "Confirmation Cycle" },
		{
			fieldname: "by",
			label: __("By"),
			fieldtype: "Select",
			options: ["Institution", "Directorate"].map((value) => ({ value, label: __(value) })),
			default: "Institution",
		},
		...social_care.prints.filters("governorate"),
	],
	onload: social_care.prints.add_button,
};
