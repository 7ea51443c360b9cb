frappe.ui.form.on("Institution", {
	refresh(frm) {
		if (frm.is_new()) return;
		const full = frm.doc.current_children > frm.doc.licensed_capacity;
		frm.dashboard.add_indicator(
			__("{0} children for {1} places", [frm.doc.current_children || 0, frm.doc.licensed_capacity]),
			full ? "red" : "green"
		);
	},

	before_workflow_action(frm) {
		const needs_reason = ["Mark as Critical", "Suspend", "Begin Closing"];
		if (needs_reason.includes(frm.selected_workflow_action))
			return social_care.ask_reason(frm, "status_reason");
	},
});
