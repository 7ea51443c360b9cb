frappe.ui.form.on("Staff Assignment", {
	setup(frm) {
		frm.set_query("user", () => ({ query: "social_care.accounts.users.user_query" }));
		frm.set_query("role", () => ({ query: "social_care.api.staff.pick_role" }));
	},
});
