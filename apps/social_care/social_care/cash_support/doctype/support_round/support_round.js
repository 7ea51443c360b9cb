frappe.ui.form.on("Support Round", {
	refresh(frm) {
		const { status, round_number } = frm.doc;
		frm.add_custom_button(__("Households"), () =>
			frappe.set_route("List", "Support Round Entry", { support_round: frm.doc.name })
		);
		if (["Approved", "Paid"].includes(status))
			frm.set_intro(__("The round is frozen; its households do not change any more."), "green");
		if (status === "Draft" && social_care.cash.at_headquarters()) draft(frm, round_number);
		if (status === "Submitted" && social_care.cash.approves()) submitted(frm);
		if (status === "Approved" && social_care.cash.at_headquarters())
			frm.add_custom_button(__("Note the Payment"), () => pay(frm));
	},
});

const step = (frm, method, values = {}) =>
	social_care.cash.call(method, { support_round: frm.doc.name, ...values }).then(() => frm.reload_doc());

function draft(frm, number) {
	frm.add_custom_button(__("Load a List"), () =>
		social_care.cash.upload({ contents: "Households of a Round", support_round: frm.doc.name })
	);
	if (number > 1) frm.add_custom_button(__("Take over the Round Before"), () => step(frm, "take_over_round"));
	frm.add_custom_button(__("Submit for Approval"), () => step(frm, "submit_round")).addClass("btn-primary");
}

function submitted(frm) {
	if ([frm.doc.submitted_by, frm.doc.prepared_by].includes(frappe.session.user)) {
		frm.set_intro(__("Somebody else has to decide: you have signed this already."), "orange");
		return;
	}
	const sentence = __("After the approval nothing of the round changes any more. Go on?");
	frm
		.add_custom_button(__("Approve"), () => frappe.confirm(sentence, () => step(frm, "approve_round")))
		.addClass("btn-primary");
	frm.add_custom_button(__("Send Back"), () => step(frm, "send_back_round"));
}

function pay(frm) {
	const fields = [
		{
			fieldname: "day",
			fieldtype: "Date",
			label: __("Paid On"),
			reqd: 1,
			default: frappe.datetime.get_today(),
		},
		{ fieldname: "reference", fieldtype: "Data", label: __("Payment Reference"), reqd: 1 },
	];
	frappe.prompt(fields, (values) => step(frm, "pay_round", values), __("Note the Payment"));
}
