frappe.query_reports["Corrective Actions and Their Age"] = {
	filters: [
		{ fieldname: "institution", label: __("Institution"), fieldtype: "Link", options: "Institution" },
		{
			fieldname: "plan_kind",
			label: __("Kind of Plan"),
			fieldtype: "Select",
			options: ["", "Corrective Actions", "Institution Improvement"].map((value) => ({
				value,
				label: value && __(value),
			})),
		},
		{ fieldname: "late_only", label: __("Only What Is Late"), fieldtype: "Check" },
		{ fieldname: "with_ended", label: __("Also What Was Decided"), fieldtype: "Check" },
	],
	onload: social_care.prints.add_button,
};
