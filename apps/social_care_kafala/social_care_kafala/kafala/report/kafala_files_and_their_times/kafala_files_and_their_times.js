frappe.query_reports["Kafala Files and Their Times"] = {
	filters: [
		{ fieldname: "from_date", label: __("From Date"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("To Date"), fieldtype: "Date" },
		{ fieldname: "org_unit", label: __("Unit"), fieldtype: "Link", options: "Org Unit" },
		{ fieldname: "late_only", label: __("Only What Is Late"), fieldtype: "Check" },
		{ fieldname: "over_ceiling", label: __("Only Past the Ceiling of the Decision"), fieldtype: "Check" },
		{ fieldname: "with_closed", label: __("Closed Files, Too"), fieldtype: "Check" },
	],
	onload: social_care.prints.add_button,
};
