frappe.query_reports["Children About to Leave Care"] = {
	filters: [
		...social_care.prints
			.filters("group", "months", "governorate", "institution")
			.map((filter) => (filter.fieldname === "group" ? { ...filter, default: "Turning of Age" } : filter)),
		{
			fieldname: "situation",
			label: __("Where It Stands"),
			fieldtype: "Select",
			options: [
				"",
				"Overdue",
				"No Plan",
				"Plan in Preparation",
				"Plan Approved",
				"Plan Approved, Exit Due",
				"Stay Extended",
				"In Aftercare",
			].map((value) => ({ value, label: value ? __(value) : "" })),
		},
	],
	onload: social_care.prints.add_button,
	formatter(value, row, column, data, standard) {
		const shown = standard(value, row, column, data);
		if (column.fieldname === "days_left") return `<bdi dir="ltr">${shown}</bdi>`;
		if (column.fieldname !== "situation_label" || !data) return shown;
		const colour = { Overdue: "red", "No Plan": "orange", "Plan in Preparation": "yellow" };
		return `<span class="indicator-pill ${colour[data.situation] || "green"} no-indicator-dot">${shown}</span>`;
	},
};
