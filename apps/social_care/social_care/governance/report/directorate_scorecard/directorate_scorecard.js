frappe.query_reports["Directorate Scorecard"] = {
	filters: [
		{
			fieldname: "directorate",
			label: __("Directorate"),
			fieldtype: "Link",
			options: "Org Unit",
			get_query: () => ({ filters: { level: "Directorate" } }),
		},
		{
			fieldname: "until",
			label: __("As Known On"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
		},
	],
	formatter: social_care.service_reports.formatter,
	onload(report) {
		social_care.prints.add_button(report);
		social_care.service_reports.open_lists(report);
	},
};
