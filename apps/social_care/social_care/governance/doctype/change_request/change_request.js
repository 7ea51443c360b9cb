frappe.ui.form.on("Change Request", {
	refresh(frm) {
		social_care.changes.translate(frm);
		frm.set_intro("");
		const waiting = frm.doc.state.startsWith("Waiting");
		const own = frm.doc.requested_by === frappe.session.user;
		if (waiting && own)
			frm.add_custom_button(__("Take the Request Back"), () => social_care.changes.call("withdraw", frm, {}));
		if (waiting && !own && social_care.changes.decides(frm.doc.state)) add_decision(frm);
		if (frm.doc.state === "Applied")
			frm.add_custom_button(__("Undo"), () => ask_reason(frm, __("Undo"), (reason) => ({ reason }), "undo"));
		if (frm.doc.state === "Conflict")
			frm.set_intro(__("The value was changed meanwhile, so nothing was written."), "red");
	},
});

function add_decision(frm) {
	frm
		.add_custom_button(__("Approve"), () => social_care.changes.call("decide", frm, { approved: 1 }))
		.addClass("btn-primary");
	frm.add_custom_button(__("Refuse"), () =>
		ask_reason(frm, __("Refuse"), (note) => ({ approved: 0, note }), "decide")
	);
}

function ask_reason(frm, title, values, method) {
	frappe.prompt(
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		({ reason }) => social_care.changes.call(method, frm, values(reason)),
		title,
		title
	);
}
