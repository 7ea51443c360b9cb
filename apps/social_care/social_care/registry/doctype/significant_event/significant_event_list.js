// The state comes from the workflow; whether the report is late stands beside its day.
frappe.listview_settings["Significant Event"] = {
	add_fields: ["status"],
	hide_name_column: true,
	formatters: {
		report_due_on(value, _df, doc) {
			const shown = value ? frappe.datetime.str_to_user(value) : "";
			const late = doc.status === "Recorded" && value && value < frappe.datetime.now_datetime();
			return late ? `<span class="indicator-pill red">${__("Late")}</span> ${shown}` : shown;
		},
	},
};
