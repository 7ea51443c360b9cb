frappe.ui.form.on("Kafala Reservation", {
	setup(frm) {
		frm.set_query("family_file", () => ({
			filters: { status: ["in", ["Viewing Letter", "Visits to the Child"]] },
		}));
	},

	refresh(frm) {
		frm.set_intro("");
		frm.set_df_property("children", "read_only", frm.is_new() ? 0 : 1);
		if (frm.is_new()) return;
		const open = ["Child Reserved", "Family Visits the Child"].includes(frm.doc.status);
		if (open && frm.doc.expires_on) {
			const day = frappe.datetime.str_to_user(frm.doc.expires_on);
			frm.set_intro(__("The child is held for this family until {0}.", [day]), "blue");
		}
	},
});
