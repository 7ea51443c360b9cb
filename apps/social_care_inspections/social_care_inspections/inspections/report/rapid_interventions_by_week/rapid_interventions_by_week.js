frappe.query_reports["Rapid Interventions by Week"] = {
	filters: [
		{
			fieldname: "from_date",
			label: __("From Date"),
			fieldtype: "Date",
			default: frappe.datetime.add_days(frappe.datetime.get_today(), -55),
		},
		{
			fieldname: "to_date",
			label: __("To Date"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
		},
		{ fieldname: "governorate", label: __("Governorate"), fieldtype: "Link", options: "Governorate" },
	],
	onload: social_care.prints.add_button,
};
