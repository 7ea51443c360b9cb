frappe.query_reports["Significant Events Overdue"] = {
	filters: [
		{ fieldname: "institution", label: __("Institution"), fieldtype: "Link", options: "Institution" },
	],
};
