frappe.query_reports["Waiting and Service Times"] = {
	filters: [
		{
			fieldname: "from_date",
			label: __("From"),
			fieldtype: "Date",
			reqd: 1,
			default: frappe.datetime.add_days(frappe.datetime.get_today(), -30),
		},
		{
			fieldname: "to_date",
			label: __("Until"),
			fieldtype: "Date",
			reqd: 1,
			default: frappe.datetime.get_today(),
		},
		{ fieldname: "office", label: __("Service Counter"), fieldtype: "Link", options: "Service Office" },
		{ fieldname: "service_group", label: __("Service Group"), fieldtype: "Link", options: "Service Group" },
	],
	onload: social_care.prints.add_button,
};
