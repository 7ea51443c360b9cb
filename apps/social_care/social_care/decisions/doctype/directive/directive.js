const ASKED = ["Cancel the Directive", "Return to the Unit"];

frappe.ui.form.on("Directive", {
	refresh(frm) {
		if (!frm.is_new() && frm.doc.service) show_standing(frm);
	},
	before_workflow_action(frm) {
		if (ASKED.includes(frm.selected_workflow_action)) return social_care.ask_reason(frm, "reason");
	},
});

async function show_standing(frm) {
	const { message } = await frappe.call({
		method: "social_care.api.decisions.service_standing",
		args: { directive: frm.doc.name },
		type: "GET",
	});
	if (!message) return;
	const sentence = __("Requests of this service at the responsible unit: {0} open, {1} of them overdue.", [
		message.open,
		message.overdue,
	]);
	frm.set_intro(sentence, message.overdue ? "orange" : "blue");
}
