frappe.query_reports["Accesses beyond the Own Place"] = {
	filters: [
		{
			fieldname: "kind",
			label: __("Kind"),
			fieldtype: "Select",
			options: ["", "Emergency", "Between Units"].map((value) => ({ value, label: __(value) })),
		},
		{
			fieldname: "state",
			label: __("State"),
			fieldtype: "Select",
			options: ["", "Asked", "Open", "Refused", "Revoked"].map((value) => ({ value, label: __(value) })),
		},
		{ fieldname: "from_date", label: __("From Date"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("To Date"), fieldtype: "Date" },
	],
	onload: social_care.prints.add_button,
};
