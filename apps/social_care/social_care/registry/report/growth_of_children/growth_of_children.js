frappe.query_reports["Growth of Children"] = {
	filters: [
		...social_care.prints.filters("governorate", "institution"),
		{ fieldname: "child", label: __("Child"), fieldtype: "Link", options: "Child" },
		{
			fieldname: "state",
			label: __("Shown Are"),
			fieldtype: "Select",
			options: [
				{ value: "", label: __("All") },
				{ value: "Not Measured", label: __("Not Measured") },
				{ value: "Outside the Reference", label: __("Outside the Reference") },
			],
		},
	],
	onload: social_care.prints.add_button,
};
