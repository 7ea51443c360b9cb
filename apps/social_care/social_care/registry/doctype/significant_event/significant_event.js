frappe.ui.form.on("Significant Event", {
	setup(frm) {
		frm.set_query("event_kind", () => ({ filters: { disabled: 0, is_protected: 0 } }));
		frm.set_query("protected_kind", () => ({ filters: { disabled: 0, is_protected: 1 } }));
	},

	refresh(frm) {
		const { status, report_due_on, report_to } = frm.doc;
		frm.set_intro("");
		if (frm.is_new() || status !== "Recorded" || !report_due_on) return;
		const due = frappe.datetime.str_to_user(report_due_on);
		const late = report_due_on < frappe.datetime.now_datetime();
		const text = late
			? __("The report was due on {0}.", [due])
			: __("Report until {0} to: {1}", [due, frappe.utils.escape_html(report_to)]);
		frm.set_intro(text, late ? "red" : "orange");
	},

	protected_kind(frm) {
		if (!frm.doc.protected_kind) return;
		frappe.db
			.get_value("Significant Event Kind", frm.doc.protected_kind, "shown_as")
			.then(({ message }) => frm.set_value("event_kind", message.shown_as));
	},
});
