frappe.query_reports["Aftercare Plans and Housing"] = {
	filters: [
		{ fieldname: "from_date", label: __("From"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("To"), fieldtype: "Date" },
		{ fieldname: "governorate", label: __("Governorate"), fieldtype: "Link", options: "Governorate" },
	],
};
