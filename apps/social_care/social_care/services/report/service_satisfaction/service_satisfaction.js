frappe.query_reports["Service Satisfaction"] = {
	filters: [
		{ fieldname: "service_group", label: __("Service Group"), fieldtype: "Link", options: "Service Group" },
		...social_care.service_reports.period(),
	],
	onload: social_care.prints.add_button,
};
