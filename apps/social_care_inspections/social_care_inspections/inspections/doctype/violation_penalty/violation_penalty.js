frappe.ui.form.on("Violation Penalty", {
	setup(frm) {
		frm.set_query("violation_record", () => ({ filters: { status: "Proven" } }));
		frm.set_query("penalty_kind", () => ({
			filters: { disabled: 0, target: ["in", ["Both", frm.doc.target || "Institution"]] },
		}));
	},

	refresh(frm) {
		frm.set_intro("");
		const { status, appeal_due_on } = frm.doc;
		if (status === "Decided" && appeal_due_on) {
			frm.set_intro(
				__("An appeal is possible until {0}.", [frappe.datetime.str_to_user(appeal_due_on)]),
				"blue"
			);
		}
	},
});
