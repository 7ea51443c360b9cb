frappe.query_reports["Demand for Kafala"] = {
	filters: [
		{
			fieldname: "by",
			label: __("Counted By"),
			fieldtype: "Select",
			default: "Month",
			options: [
				"Month",
				"Governorate",
				"Kind of Family",
				"How the Family Learned of Kafala",
				"Awareness Campaign",
			].map((value) => ({ value, label: __(value) })),
		},
		{
			fieldname: "from_date",
			label: __("From Date"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.month_start(), -11),
		},
		{ fieldname: "to_date", label: __("To Date"), fieldtype: "Date", default: frappe.datetime.get_today() },
		{ fieldname: "org_unit", label: __("Unit"), fieldtype: "Link", options: "Org Unit" },
		{
			fieldname: "family_kind",
			label: __("Kind of Family"),
			fieldtype: "Select",
			options: ["", "Married Couple", "Widow", "Divorced Woman", "Never-Married Woman", "Man Alone"].map(
				(value) => ({
					value,
					label: __(value),
				})
			),
		},
	],
	onload: social_care.prints.add_button,
};
