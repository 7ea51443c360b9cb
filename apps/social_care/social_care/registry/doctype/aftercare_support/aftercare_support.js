frappe.ui.form.on("Aftercare Support", {
	before_workflow_action(frm) {
		if (["Refuse Support"].includes(frm.selected_workflow_action))
			return social_care.ask_reason(frm, "decision_reason");
	},
});
