frappe.query_reports["Entitlements by Card Level"] = {
	filters: [
		{
			fieldname: "level",
			label: __("Card Level"),
			fieldtype: "Select",
			options: ["", "Mild", "Medium", "Severe"].map((value) => ({
				value,
				label: value ? __(value) : __("All Levels"),
			})),
		},
		{ fieldname: "governorate", label: __("Governorate"), fieldtype: "Link", options: "Governorate" },
		...social_care.service_reports.period(60),
	],
	formatter: social_care.service_reports.formatter,
	onload(report) {
		social_care.prints.add_button(report);
	},
};
