frappe.ui.form.on("Rapid Intervention Case", {
	setup(frm) {
		frm.set_query("case_kind", () => ({ filters: { disabled: 0 } }));
	},

	refresh(frm) {
		frm.set_intro("");
		const { status, arrival_due_on } = frm.doc;
		if (!["Received", "Dispatched"].includes(status) || !arrival_due_on) return;
		const late = arrival_due_on < frappe.datetime.now_datetime();
		frm.set_intro(
			__("A team has to be there until {0}.", [frappe.datetime.str_to_user(arrival_due_on)]),
			late ? "red" : "orange"
		);
	},
});
