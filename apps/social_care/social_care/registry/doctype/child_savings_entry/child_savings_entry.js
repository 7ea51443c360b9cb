frappe.ui.form.on("Child Savings Entry", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.disable_form();
		const waits = frm.doc.status === "Waiting for Second Signature";
		if (waits && frm.doc.first_signature !== frappe.session.user && frm.perm[0].write)
			frm.add_custom_button(__("Sign the Withdrawal"), () => sign(frm)).addClass("btn-primary");
	},
});

function sign(frm) {
	return frappe
		.xcall("social_care.api.case_work.sign_withdrawal", { entry: frm.doc.name })
		.then(() => frm.reload_doc());
}
