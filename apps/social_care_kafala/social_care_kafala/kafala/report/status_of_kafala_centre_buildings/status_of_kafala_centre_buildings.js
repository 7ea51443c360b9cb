frappe.query_reports["Status of Kafala Centre Buildings"] = {
	tree: true,
	name_field: "title",
	parent_field: "",
	initial_depth: 1,
	filters: [
		{ fieldname: "governorate", label: __("Governorate"), fieldtype: "Link", options: "Governorate" },
		{
			fieldname: "stage",
			label: __("Stage"),
			fieldtype: "Select",
			options: [
				"",
				"Allocated",
				"Handed Over",
				"Works under Way",
				"Works Completed",
				"Licensed",
				"Centre Opened",
				"Allocation Withdrawn",
			].map((value) => ({ value, label: __(value) })),
		},
		{ fieldname: "only_late", label: __("Only Late Buildings"), fieldtype: "Check" },
	],
	onload: social_care.prints.add_button,
};
