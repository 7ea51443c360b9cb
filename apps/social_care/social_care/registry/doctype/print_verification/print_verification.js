frappe.ui.form.on("Print Verification", {
	refresh(frm) {
		frm.disable_save();
		if (frm.doc.state !== "In Force" || !frm.perm[0]?.write) return;
		frm.add_custom_button(__("Withdraw"), () => ask_reason(frm));
	},
});

function ask_reason(frm) {
	const field = {
		fieldname: "reason",
		fieldtype: "Small Text",
		label: __("Reason for Withdrawing"),
		reqd: 1,
	};
	frappe.prompt(
		field,
		({ reason }) =>
			frappe
				.xcall("social_care.api.prints.withdraw", { name: frm.doc.name, reason })
				.then(() => frm.reload_doc()),
		__("Withdraw")
	);
}
