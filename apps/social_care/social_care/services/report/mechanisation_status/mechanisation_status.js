frappe.query_reports["Mechanisation Status"] = {
	filters: [
		{ fieldname: "service_group", label: __("Service Group"), fieldtype: "Link", options: "Service Group" },
		{ fieldname: "phase", label: __("Phase"), fieldtype: "Int" },
		{
			fieldname: "status",
			label: __("Status"),
			fieldtype: "Select",
			options: ["", "Planned", "In Preparation", "Pilot", "Launched", "Suspended", "Dropped"],
		},
	],
	onload: social_care.prints.add_button,
};
