frappe.ui.form.on("Kafala Centre Building", {
	setup(frm) {
		frm.set_query("org_unit", () => ({
			filters: { level: ["in", ["Directorate", "Social Administration"]] },
		}));
		frm.set_query("institution", () => ({
			filters: { care_type: "Kafala Centre", org_unit: frm.doc.org_unit },
		}));
	},
});
