frappe.query_reports["Operators Not Regularised"] = {
	filters: [
		{ fieldname: "governorate", label: __("Governorate"), fieldtype: "Link", options: "Governorate" },
		{
			fieldname: "position",
			label: __("Position of Regularisation"),
			fieldtype: "Select",
			options: [
				{ value: "", label: __("All Positions") },
				{ value: "No Case at Your Places", label: __("No Case at Your Places") },
				{ value: "Case Open", label: __("Case Open") },
				{ value: "Case Ended without Regularisation", label: __("Case Ended without Regularisation") },
			],
		},
	],
	onload(report) {
		social_care.prints.add_button(report);
	},
};
