frappe.query_reports["Case Work Indicators"] = {
	filters: [
		{ fieldname: "governorate", label: __("Governorate"), fieldtype: "Link", options: "Governorate" },
	],
};
