frappe.ui.form.on("Roll Upload", {
	refresh: (frm) => social_care.roll.show(frm),
});
