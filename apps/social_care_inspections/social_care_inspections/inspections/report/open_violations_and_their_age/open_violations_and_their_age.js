frappe.query_reports["Open Violations and Their Age"] = {
	filters: [
		{ fieldname: "institution", label: __("Institution"), fieldtype: "Link", options: "Institution" },
		{
			fieldname: "severity",
			label: __("Severity of the Violation"),
			fieldtype: "Select",
			options: ["", "Technical Remark", "Minor", "Moderate", "Grave", "Suspected Crime"].map((value) => ({
				value,
				label: value && __(value),
			})),
		},
		{ fieldname: "late_only", label: __("Only What Is Late"), fieldtype: "Check" },
	],
	onload: social_care.prints.add_button,
};
