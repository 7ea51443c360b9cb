frappe.ui.form.on("Violation Record", {
	setup(frm) {
		frm.set_query("violation_type", () => ({ filters: { disabled: 0 } }));
		frm.set_query("institution_visit", () => ({ filters: { institution: frm.doc.institution } }));
	},

	refresh(frm) {
		frm.set_intro("");
		const { status, suspected_crime, referred_on, referral_due_on, investigation_due_on } = frm.doc;
		if (suspected_crime && !referred_on) {
			const day = frappe.datetime.str_to_user(referral_due_on);
			frm.set_intro(__("A suspected crime: refer it to the prosecution until {0}.", [day]), "red");
		} else if (status === "In Investigation" && investigation_due_on) {
			const late = investigation_due_on < frappe.datetime.now_datetime();
			const day = frappe.datetime.str_to_user(investigation_due_on);
			frm.set_intro(__("The investigation is due on {0}.", [day]), late ? "red" : "orange");
		}
		const open = !frm.is_new() && !["Not Proven", "Closed"].includes(status);
		if (open && frappe.model.can_create("Corrective Action Plan")) {
			frm.add_custom_button(__("Plan Corrective Actions"), () =>
				frappe.new_doc("Corrective Action Plan", {
					institution: frm.doc.institution,
					violation_record: frm.doc.name,
				})
			);
		}
		if (status === "Proven" && frappe.model.can_create("Violation Penalty")) {
			frm.add_custom_button(__("Draft a Penalty"), () =>
				frappe.new_doc("Violation Penalty", { violation_record: frm.doc.name })
			);
		}
	},
});
