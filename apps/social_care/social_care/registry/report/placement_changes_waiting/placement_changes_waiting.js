frappe.query_reports["Placement Changes Waiting"] = {
	filters: [
		{
			fieldname: "movement",
			fieldtype: "Select",
			label: __("Movement"),
			options: ["", "Transfer", "Admission", "Temporary Leave", "Exit"].map((value) => ({
				value,
				label: value && __(value),
			})),
		},
		{ fieldname: "overdue", fieldtype: "Check", label: __("Overdue Only") },
	],
	onload: social_care.prints.add_button,
};
