frappe.ui.form.on("Placement", {
	setup(frm) {
		frm.set_query("institution", () => ({
			filters: { status: ["in", ["Operating", "Critical", "Under Temporary Committee"]] },
		}));
	},

	refresh(frm) {
		for (const field of ["setting", "institution", "family", "org_unit"]) {
			frm.set_df_property(field, "read_only", frm.is_new() ? 0 : 1);
		}
	},
});
