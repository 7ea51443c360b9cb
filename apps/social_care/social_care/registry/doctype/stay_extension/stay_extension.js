frappe.ui.form.on("Stay Extension", {
	before_workflow_action(frm) {
		if (["Refuse Extension", "Return for Completion"].includes(frm.selected_workflow_action))
			return social_care.ask_reason(frm, "decision_reason");
	},
});
