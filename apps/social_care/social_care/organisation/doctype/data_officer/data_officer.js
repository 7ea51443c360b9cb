frappe.ui.form.on("Data Officer", {
	setup(frm) {
		frm.set_query("directorate", () => ({ filters: { level: "Directorate" } }));
		frm.set_query("user", () => ({ filters: { enabled: 1, user_type: "System User" } }));
	},
});
