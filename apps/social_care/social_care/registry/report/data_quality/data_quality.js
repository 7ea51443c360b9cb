frappe.query_reports["Data Quality"] = {
	filters: [
		...social_care.prints.filters("governorate", "institution"),
		{ fieldname: "from_date", label: __("From Date"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("To Date"), fieldtype: "Date" },
	],
	onload: social_care.prints.add_button,
};
