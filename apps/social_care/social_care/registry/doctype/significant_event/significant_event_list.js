// The state comes from the workflow; a report that is late is marked beside the kind of event.
frappe.listview_settings["Significant Event"] = {
	add_fields: ["status", "report_due_on"],
	hide_name_column: true,
	formatters: {
		event_kind(value, _df, doc) {
			const kind = frappe.utils.escape_html(
				frappe.utils.get_link_title("Significant Event Kind", value) || value || ""
			);
			const due = doc.report_due_on;
			const late = doc.status === "Recorded" && due && due < frappe.datetime.now_datetime();
			return late ? `<span class="indicator-pill red">${__("Late")}</span> ${kind}` : kind;
		},
	},
};
