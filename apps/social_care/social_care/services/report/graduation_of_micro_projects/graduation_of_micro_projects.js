frappe.query_reports["Graduation of Micro-Projects"] = {
	filters: [
		{
			fieldname: "cohorts",
			label: __("Cohorts By"),
			fieldtype: "Select",
			options: ["Month", "Year"].map((value) => ({ value, label: __(value) })),
			default: "Month",
		},
		{ fieldname: "governorate", label: __("Governorate"), fieldtype: "Link", options: "Governorate" },
		...social_care.service_reports.period(36),
	],
	formatter: social_care.service_reports.formatter,
	onload(report) {
		social_care.prints.add_button(report);
	},
};
