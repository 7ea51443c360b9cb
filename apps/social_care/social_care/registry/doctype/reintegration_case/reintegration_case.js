frappe.ui.form.on("Reintegration Case", {
	before_workflow_action(frm) {
		if (frm.selected_workflow_action === "Close Case") return social_care.ask_reason(frm, "closing_reason");
	},
});
