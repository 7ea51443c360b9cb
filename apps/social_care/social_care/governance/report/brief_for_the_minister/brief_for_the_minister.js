frappe.query_reports["Brief for the Minister"] = {
	filters: [],
	formatter(value, row, column, data, standard) {
		const shown = standard(value, row, column, data);
		if (data && data.is_title) return column.fieldname === "figure" ? `<b>${shown}</b>` : "";
		if (column.fieldname !== "change" || !data || !data.mark) return shown;
		return `<span class="${data.mark === "good" ? "text-success" : "text-danger"}">${shown}</span>`;
	},
	onload: social_care.prints.add_button,
};
