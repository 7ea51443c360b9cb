frappe.query_reports["Closings and Their Follow-up"] = {
	filters: [
		{ fieldname: "institution", label: __("Institution"), fieldtype: "Link", options: "Institution" },
		{
			fieldname: "expected_result",
			label: __("Expected Result"),
			fieldtype: "Select",
			options: ["", "Final Closing", "Conversion to Aftercare", "Merger", "Interim Committee"].map(
				(value) => ({
					value,
					label: value && __(value),
				})
			),
		},
		{ fieldname: "with_ended", label: __("Also Those That Have Ended"), fieldtype: "Check", default: 1 },
	],
	onload: social_care.prints.add_button,
};
