frappe.ui.form.on("Kafala Training Course", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(__("Trainees of Kafala Families"), () =>
			frappe.set_route("List", "Kafala Trainee", { course: frm.doc.name })
		);
	},
});
