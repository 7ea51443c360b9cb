frappe.query_reports["Places That Are Not Ready"] = {
	filters: [
		...social_care.prints.filters("governorate"),
		{
			fieldname: "lacking",
			label: __("Lacking"),
			fieldtype: "Select",
			options: ["", "Survey", "Computer", "Internet", "Account", "Trained User"].map((value) => ({
				value,
				label: value ? __(value) : __("All"),
			})),
		},
	],
	onload: social_care.prints.add_button,
};
