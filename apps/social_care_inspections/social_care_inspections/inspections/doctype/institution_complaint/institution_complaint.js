frappe.ui.form.on("Institution Complaint", {
	setup(frm) {
		for (const field of ["institution_visit", "violation_record", "rapid_intervention_case"]) {
			frm.set_query(field, () => ({ filters: { institution: frm.doc.institution } }));
		}
	},

	refresh(frm) {
		frm.set_intro("");
		const { status, triage_due_on, decision_due_on } = frm.doc;
		if (frm.is_new()) return;
		const due = { Received: triage_due_on, "In Examination": decision_due_on }[status];
		if (due) {
			const late = due < frappe.datetime.now_datetime();
			frm.set_intro(
				__("The next step is due on {0}.", [frappe.datetime.str_to_user(due)]),
				late ? "red" : "orange"
			);
		}
		if (!frappe.model.can_read("Complaint Sender")) return;
		frm.add_custom_button(__("Who Complained"), () =>
			frappe.set_route("List", "Complaint Sender", { institution_complaint: frm.doc.name })
		);
	},
});
