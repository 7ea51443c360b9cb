frappe.query_reports["Institution Visits and Their Reports"] = {
	filters: [
		{ fieldname: "from_date", label: __("From Date"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("To Date"), fieldtype: "Date" },
		{ fieldname: "institution", label: __("Institution"), fieldtype: "Link", options: "Institution" },
		{
			fieldname: "status",
			label: __("Status"),
			fieldtype: "Select",
			options: [
				"",
				"Planned",
				"Begun",
				"Completed",
				"Reported",
				"Reviewed by Administration",
				"Reviewed by Directorate",
				"Approved",
				"Cancelled",
			].map((value) => ({ value, label: value && __(value) })),
		},
		{ fieldname: "overdue_only", label: __("Only What Is Late"), fieldtype: "Check" },
	],
	onload: social_care.prints.add_button,
};
