frappe.ui.form.on("Corrective Action", {
	setup(frm) {
		frm.set_query("responsible_user", () => ({
			query: "social_care_inspections.api.actions.pick_owners",
			filters: { plan: frm.doc.corrective_action_plan },
		}));
	},

	refresh(frm) {
		frm.set_intro("");
		const { status, due_on, return_reason } = frm.doc;
		if (frm.is_new() || status !== "To Be Done") return;
		if (return_reason) frm.set_intro(__("Returned: {0}", [frappe.utils.escape_html(return_reason)]), "red");
		else if (due_on < frappe.datetime.get_today()) {
			frm.set_intro(__("The action was due on {0}.", [frappe.datetime.str_to_user(due_on)]), "red");
		}
	},
});
