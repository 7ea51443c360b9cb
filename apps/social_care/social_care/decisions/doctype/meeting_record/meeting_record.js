frappe.ui.form.on("Meeting Record", {
	before_workflow_action(frm) {
		if (frm.selected_workflow_action === "Cancel the Meeting") return social_care.ask_reason(frm, "reason");
	},
});
