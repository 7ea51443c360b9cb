frappe.ui.form.on("Kafala Termination", {
	setup(frm) {
		const living = ["Transitional Integration", "Family Card", "Kafala Follow-Up"];
		const ready = ["Deposit for the Child", "Ethical Charter", "Central Hand-Over", ...living];
		frm.set_query("family_file", () => ({ filters: { status: ["in", living] } }));
		frm.set_query("next_file", () => ({
			filters: { status: ["in", ready], name: ["!=", frm.doc.family_file || ""] },
		}));
		frm.set_query("ending_cause", () => ({ filters: { disabled: 0 } }));
		frm.set_query("reintegration_case", () => ({ filters: { child: frm.doc.child, status: "Prepared" } }));
	},

	refresh(frm) {
		frm.set_intro("");
		if (frm.doc.status !== "Ending Decided") return;
		const waits = {
			"Transfer to Another Family": __("The ending is carried out when the next family signs its contract."),
			"Return by the Family": __("The ending is carried out when the institution records the hand-over."),
			"Removal for Danger": __("The ending is carried out when the institution records the hand-over."),
		};
		frm.set_intro(
			waits[frm.doc.ending_kind] || __("The ending is decided; carry it out on its day."),
			"blue"
		);
	},
});
