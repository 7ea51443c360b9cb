const STATES = {
	taken: "Taken as New",
	matched: "Matched without Differences",
	differing: "Matched with Differences",
	rejected: "Rejected",
	left_out: "Left Out",
	waiting: "Still Waiting",
	not_named: "Not Named in the Old Registry",
};

frappe.query_reports["Rows of an Old Registry"] = {
	filters: [
		{ fieldname: "source", label: __("Old Registry"), fieldtype: "Link", options: "Legacy Source", reqd: 1 },
		{ fieldname: "institution", label: __("Institution"), fieldtype: "Link", options: "Institution" },
		{
			fieldname: "state",
			label: __("Outcome"),
			fieldtype: "Select",
			options: [
				{ value: "", label: "" },
				...Object.entries(STATES).map(([value, label]) => ({ value, label: __(label) })),
			],
		},
	],
	onload: social_care.prints.add_button,
};
