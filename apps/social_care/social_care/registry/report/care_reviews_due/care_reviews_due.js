frappe.query_reports["Care Reviews Due"] = {
	filters: [
		{ fieldname: "governorate", label: __("Governorate"), fieldtype: "Link", options: "Governorate" },
		{ fieldname: "institution", label: __("Institution"), fieldtype: "Link", options: "Institution" },
		{
			fieldname: "until",
			label: __("Due Until"),
			fieldtype: "Date",
			description: __("Empty: within the notice of the settings"),
		},
		{ fieldname: "overdue_only", label: __("Overdue Only"), fieldtype: "Check" },
	],
	formatter(value, row, column, data, formatter) {
		const shown = formatter(value, row, column, data);
		return column.fieldname === "days_late" && data && data.days_late > 0
			? `<span class="text-danger">${shown}</span>`
			: shown;
	},
};
