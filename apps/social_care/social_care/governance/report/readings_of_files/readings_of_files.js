frappe.query_reports["Readings of Files"] = {
	filters: [
		{ fieldname: "child", label: __("Child's File"), fieldtype: "Link", options: "Child" },
		{ fieldname: "user", label: __("User"), fieldtype: "Link", options: "User" },
		{
			fieldname: "channel",
			label: __("Channel"),
			fieldtype: "Select",
			options: [
				"",
				...["Form", "REST", "List", "Search", "Print", "File", "Export", "Report", "Workbook", "Save"],
				...["Part of File", "Other"],
			].map((value) => ({ value, label: __(value) })),
		},
		{ fieldname: "from_date", label: __("From Date"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("To Date"), fieldtype: "Date" },
		{ fieldname: "beyond", label: __("Beyond the Own Place Only"), fieldtype: "Check" },
	],
	onload: social_care.prints.add_button,
};
