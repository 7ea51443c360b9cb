frappe.ui.form.on("Closing Placement", {
	setup(frm) {
		frm.set_query("to_institution", () => ({
			query: "social_care_inspections.api.closings.pick_institution",
			filters: { child: frm.doc.child },
		}));
		frm.set_query("reintegration_case", () => ({ filters: { child: frm.doc.child } }));
	},

	refresh(frm) {
		frm.set_intro("");
		const { unplaced_reason, fault, status } = frm.doc;
		if (status === "Draft" && unplaced_reason) frm.set_intro(unplaced_reason, "red");
		if (status === "Approved" && fault) frm.set_intro(fault, "red");
	},
});
