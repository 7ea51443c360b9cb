frappe.query_reports["Indicators by Place"] = {
	filters: [
		{
			fieldname: "indicator",
			label: __("Indicator"),
			fieldtype: "Link",
			options: "Indicator",
			reqd: 1,
			get_query: () => ({ filters: { state: "Measured", disabled: 0 } }),
		},
		{
			fieldname: "place_level",
			label: __("Level of the Place"),
			fieldtype: "Select",
			options: ["", "Nation", "Directorate", "Institution"].map((value) => ({
				value,
				label: value && __(value),
			})),
		},
		...social_care.prints.filters("governorate"),
		{ fieldname: "with_dimensions", label: __("Told by Fields"), fieldtype: "Check" },
	],
	onload: social_care.prints.add_button,
};
