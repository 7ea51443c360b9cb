frappe.query_reports["Progress of a Beneficiary Campaign"] = {
	filters: [
		{
			fieldname: "campaign",
			fieldtype: "Link",
			options: "Beneficiary Review Campaign",
			label: __("Campaign"),
		},
	],
	onload: social_care.prints.add_button,
};
