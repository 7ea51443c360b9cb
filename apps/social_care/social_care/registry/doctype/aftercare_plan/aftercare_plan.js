frappe.ui.form.on("Aftercare Plan", {
	before_workflow_action(frm) {
		if (["Return Plan"].includes(frm.selected_workflow_action))
			return social_care.ask_reason(frm, "return_reason");
	},
});
