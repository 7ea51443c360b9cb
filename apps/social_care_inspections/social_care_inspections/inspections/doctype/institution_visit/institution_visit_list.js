// The state comes from the workflow; a visit of which the institution knows nothing is marked.
frappe.listview_settings["Institution Visit"] = {
	add_fields: ["status", "is_unannounced", "step_due_on"],
	formatters: {
		visit_kind(value, _df, doc) {
			const kind = frappe.utils.escape_html(__(value || ""));
			const secret = doc.status === "Planned" && doc.is_unannounced;
			return secret ? `<span class="indicator-pill orange">${__("Unannounced")}</span> ${kind}` : kind;
		},
	},
};
