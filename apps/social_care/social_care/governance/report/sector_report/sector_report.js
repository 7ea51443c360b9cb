frappe.query_reports["Sector Report"] = {
	filters: [
		{
			fieldname: "until",
			label: __("As Known On"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
		},
		{
			fieldname: "indicator_set",
			label: __("Set of Indicators"),
			fieldtype: "Select",
			options: ["", "Ministry", "Formal Care", "Other"].map((value) => ({
				value,
				label: value && __(value),
			})),
		},
		{ fieldname: "with_missing", label: __("With What Is Not Yet Measurable"), fieldtype: "Check" },
	],
	onload: social_care.prints.add_button,
};
