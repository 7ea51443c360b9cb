frappe.ui.form.on("Data Officer", {
	setup(frm) {
		frm.set_query("directorate", () => ({ filters: { level: "Directorate" } }));
	},
});
