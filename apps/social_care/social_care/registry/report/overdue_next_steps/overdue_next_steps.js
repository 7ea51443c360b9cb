frappe.query_reports["Overdue Next Steps"] = {
	filters: [
		{ fieldname: "governorate", label: __("Governorate"), fieldtype: "Link", options: "Governorate" },
	],
};
