frappe.query_reports["Families Waiting for a Child"] = {
	filters: [
		{ fieldname: "governorate", label: __("Governorate"), fieldtype: "Link", options: "Governorate" },
		{ fieldname: "org_unit", label: __("Unit"), fieldtype: "Link", options: "Org Unit" },
		{ fieldname: "looking_only", label: __("Only Those Who May Be Offered a Child Now"), fieldtype: "Check" },
	],
	onload: social_care.prints.add_button,
};
