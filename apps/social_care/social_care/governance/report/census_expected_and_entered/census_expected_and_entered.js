frappe.query_reports["Census Expected and Entered"] = {
	filters: [
		{
			fieldname: "campaign",
			label: __("Census Campaign"),
			fieldtype: "Link",
			options: "Census Campaign",
			reqd: 1,
		},
		...social_care.prints.filters("governorate"),
	],
	onload: social_care.prints.add_button,
};
