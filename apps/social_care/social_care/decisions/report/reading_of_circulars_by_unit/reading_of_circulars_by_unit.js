frappe.query_reports["Reading of Circulars by Unit"] = {
	filters: [
		{ fieldname: "circular", label: __("Circular"), fieldtype: "Link", options: "Circular" },
		{ fieldname: "late_only", label: __("Only with Overdue Readers"), fieldtype: "Check" },
	],
};
