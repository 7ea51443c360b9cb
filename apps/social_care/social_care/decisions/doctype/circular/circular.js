frappe.ui.form.on("Circular", {
	refresh(frm) {
		if (frm.doc.status !== "Published") return;
		offer_reading(frm);
		if (frappe.model.can_get_report("Circular Receipt"))
			frm.add_custom_button(__("Who Has Read It"), () =>
				frappe.set_route("List", "Circular Receipt", { circular: frm.doc.name })
			);
	},
	before_workflow_action(frm) {
		if (frm.selected_workflow_action === "Withdraw the Circular")
			return social_care.ask_reason(frm, "reason");
	},
});

async function offer_reading(frm) {
	const { message } = await frappe.call({
		method: "social_care.api.decisions.reading",
		args: { circular: frm.doc.name },
		type: "GET",
	});
	if (!message.addressed) return;
	if (message.read_on) {
		frm.set_intro(
			__("You have confirmed on {0} that you read it.", [frappe.datetime.str_to_user(message.read_on)]),
			"green"
		);
		return;
	}
	frm.set_intro(
		__("To be read and confirmed until {0}.", [frappe.datetime.str_to_user(message.due_on)]),
		"orange"
	);
	frm.add_custom_button(__("I Have Read It"), () => confirm_reading(frm)).addClass("btn-primary");
}

async function confirm_reading(frm) {
	await frappe.call({
		method: "social_care.api.decisions.acknowledge",
		args: { circular: frm.doc.name },
		freeze: true,
	});
	frm.reload_doc();
}
