frappe.ui.form.on("Beneficiary Decision", {
	refresh(frm) {
		social_care.cash.follow(frm);
		const { status, rows_count, rows_done } = frm.doc;
		if (status === "Collecting") frm.set_intro(__("The rows are being gathered."), "blue");
		if (status === "Approved")
			social_care.cash.show_bar(
				frm,
				__("Applying"),
				(100 * rows_done) / (rows_count || 1),
				__("The rows get their outcome.")
			);
		if (status !== "Proposed" || !social_care.cash.decides()) return;
		if (frm.doc.proposed_by === frappe.session.user) {
			frm.set_intro(__("Somebody else has to decide: you have signed this already."), "orange");
			return;
		}
		frm.add_custom_button(__("Approve"), () => approve(frm)).addClass("btn-primary");
		frm.add_custom_button(__("Refuse"), () => refuse(frm));
	},
});

const answer = (frm, approved, refusal = "") =>
	social_care.cash.call("decide", { decision: frm.doc.name, approved, refusal }).then(() => frm.reload_doc());

function approve(frm) {
	const sentence =
		frm.doc.outcome === "Move"
			? __("{0} beneficiaries will be moved. Go on?", [frm.doc.rows_count])
			: __("{0} beneficiaries will be excluded. Go on?", [frm.doc.rows_count]);
	frappe.confirm(sentence, () => answer(frm, 1));
}

function refuse(frm) {
	frappe.prompt(
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		({ reason }) => answer(frm, 0, reason),
		__("Refuse")
	);
}
