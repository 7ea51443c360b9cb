frappe.query_reports["Children without National Number"] = {
	filters: [
		{ fieldname: "governorate", label: __("Governorate"), fieldtype: "Link", options: "Governorate" },
		{ fieldname: "institution", label: __("Institution"), fieldtype: "Link", options: "Institution" },
	],
};
