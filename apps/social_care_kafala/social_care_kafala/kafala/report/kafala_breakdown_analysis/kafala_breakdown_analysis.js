frappe.query_reports["Kafala Breakdown Analysis"] = {
	filters: [
		{
			fieldname: "by",
			label: __("Kafalas Compared By"),
			fieldtype: "Select",
			default: "Age at the Hand-Over",
			options: ["All", "Age at the Hand-Over", "Kind of Family", "Governorate", "Months in the Family"].map(
				(value) => ({
					value,
					label: __(value),
				})
			),
		},
		{
			fieldname: "show",
			label: __("What Is Shown"),
			fieldtype: "Select",
			default: "How Long Kafalas Last",
			options: ["How Long Kafalas Last", "Causes of Breakdown"].map((value) => ({ value, label: __(value) })),
		},
		{ fieldname: "from_date", label: __("Hand-Over From"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("Hand-Over Until"), fieldtype: "Date" },
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
