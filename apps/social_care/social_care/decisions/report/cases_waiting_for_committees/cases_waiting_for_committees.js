frappe.query_reports["Cases Waiting for Committees"] = {
	filters: [
		{
			fieldname: "committee_kind",
			label: __("Kind of Committee"),
			fieldtype: "Link",
			options: "Committee Kind",
		},
		{ fieldname: "waiting_only", label: __("Only with Waiting Cases"), fieldtype: "Check" },
	],
};
