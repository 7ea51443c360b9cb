frappe.query_reports["Requests of a Service"] = {
	filters: [
		{ fieldname: "service", label: __("Service"), fieldtype: "Link", options: "Service" },
		{ fieldname: "service_group", label: __("Service Group"), fieldtype: "Link", options: "Service Group" },
		{ fieldname: "governorate", label: __("Governorate"), fieldtype: "Link", options: "Governorate" },
		...social_care.service_reports.period(),
	],
	formatter: social_care.service_reports.formatter,
	onload(report) {
		social_care.prints.add_button(report);
		social_care.service_reports.open_lists(report);
	},
};
