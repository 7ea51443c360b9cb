frappe.query_reports["Separated Siblings"] = {
	filters: [
		{ fieldname: "governorate", label: __("Governorate"), fieldtype: "Link", options: "Governorate" },
		{ fieldname: "without_reason", label: __("Only without a Written Reason"), fieldtype: "Check" },
	],
};
