frappe.query_reports["Assessment Tools by Kind of Institution"] = {
	filters: [
		{
			fieldname: "on_date",
			label: __("On Date"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
		{
			fieldname: "category",
			label: __("Category"),
			fieldtype: "Select",
			options: [
				"",
				"Child Care",
				"Social Defence",
				"Older Persons",
				"Persons with Disabilities",
				"Women and Expatriates",
				"Homeless Adults",
				"Nursery",
			].map((value) => ({ value, label: __(value) })),
		},
		{ fieldname: "only_without_tool", label: __("Only Kinds without a Tool"), fieldtype: "Check" },
	],
};
