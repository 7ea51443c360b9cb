frappe.query_reports["Unusual Readings"] = {
	filters: [
		{ fieldname: "from_date", label: __("From Date"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("To Date"), fieldtype: "Date" },
		{ fieldname: "many", label: __("From This Number of Files in an Hour"), fieldtype: "Int" },
		{ fieldname: "many_rows", label: __("From This Number of Rows of Lists in an Hour"), fieldtype: "Int" },
	],
	onload: social_care.prints.add_button,
};
