frappe.ui.form.on("Kafala Trainee", {
	setup(frm) {
		frm.set_query("course", () => ({ filters: { status: "Course Planned" } }));
		frm.set_query("family_file", () => ({ filters: { status: "Family in Training" } }));
	},

	refresh(frm) {
		const { grid } = frm.get_field("attendance");
		grid.cannot_add_rows = true;
		grid.cannot_delete_rows = true;
		grid.refresh();
	},
});
