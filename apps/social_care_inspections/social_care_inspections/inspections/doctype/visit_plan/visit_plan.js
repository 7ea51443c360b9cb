frappe.ui.form.on("Visit Plan", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.status !== "Draft") return;
		const call = (method) =>
			frappe
				.call({
					method: `social_care_inspections.api.visits.${method}`,
					type: "POST",
					args: { plan: frm.doc.name },
					freeze: true,
				})
				.then(() => frm.reload_doc());
		frm.add_custom_button(__("Draw Up the Plan"), () => call("draw_up_plan"));
		if (frm.doc.visit_count) {
			frm.add_custom_button(__("Approve the Plan"), () =>
				frappe.confirm(__("Approve the plan and order its visits?"), () => call("approve_plan"))
			);
		}
	},
});
