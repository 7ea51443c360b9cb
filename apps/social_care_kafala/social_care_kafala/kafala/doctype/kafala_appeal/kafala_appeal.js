frappe.ui.form.on("Kafala Appeal", {
	setup(frm) {
		frm.set_query("family_file", () => ({ filters: { status: "Application Rejected" } }));
	},

	before_workflow_action(frm) {
		if (frm.selected_workflow_action === "Withdraw the Appeal") {
			return social_care.ask_reason(frm, "withdrawal_reason");
		}
	},
});
