frappe.ui.form.on("Service Receipt", {
	refresh(frm) {
		const asked_by = frm.doc.phone_asked_by;
		if (frm.doc.new_phone && asked_by && asked_by !== frappe.session.user && frm.perm[0]?.write) {
			frm.add_custom_button(__("Confirm the New Telephone"), () => confirm_telephone(frm));
		}
	},
});

function confirm_telephone(frm) {
	const sentence = __(
		"Have you seen the applicant's identity card? He follows his requests with {0} from now on.",
		[frappe.utils.escape_html(frm.doc.new_phone)]
	);
	frappe.confirm(sentence, async () => {
		await frappe.call({
			method: "social_care.api.services.confirm_telephone",
			args: { receipt: frm.doc.name },
			freeze: true,
		});
		frm.reload_doc();
	});
}
