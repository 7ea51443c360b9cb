frappe.ui.form.on("Placement Change", {
	setup(frm) {
		frm.set_query("reason", () => ({ filters: { disabled: 0, movement: frm.doc.movement } }));
		for (const field of ["determination", "care_review"])
			frm.set_query(field, () => ({ filters: { child: frm.doc.child } }));
	},

	refresh(frm) {
		frm.set_intro("");
		const sentence = SENTENCES[frm.doc.status];
		sentence && frm.set_intro(sentence(frm), "blue");
	},

	before_workflow_action(frm) {
		const action = frm.selected_workflow_action;
		if (["Return Movement", "Withdraw Movement"].includes(action) && frm.doc.status !== "Draft")
			return social_care.ask_reason(frm, "closing_reason");
		if (action === "Decline Movement") return social_care.ask_reason(frm, "decline_reason");
		if (action === "Record Hand-over") return ask(frm, HAND_OVER(frm));
		if (action === "Record Return") return ask(frm, RETURN());
	},
});

const day = (value) => frappe.datetime.str_to_user(value);

const SENTENCES = {
	"Awaiting Acceptance": (frm) =>
		__("The receiving institution answers until {0}; until then the file stays with the sending one.", [
			day(frm.doc.answer_due_on),
		]),
	Scheduled: (frm) =>
		__("On {0} the child passes to the new keeper, and the file with the child.", [
			day(frm.doc.effective_date),
		]),
	"Awaiting Confirmation": (frm) =>
		__("The child was moved in an emergency; the receiving institution confirms until {0}.", [
			day(frm.doc.answer_due_on),
		]),
	"On Leave": (frm) => __("The child is due back on {0}.", [day(frm.doc.due_back_on)]),
};

const HAND_OVER = (frm) => [
	{
		fieldname: "handed_over_on",
		fieldtype: "Date",
		label: __("Handed Over On"),
		default: frappe.datetime.get_today(),
		reqd: 1,
	},
	{
		fieldname: "delivered_by",
		fieldtype: "Data",
		label: __("Delivered By"),
		default: frm.doc.delivered_by,
		reqd: 1,
	},
	{ fieldname: "received_by", fieldtype: "Data", label: __("Received By"), reqd: 1 },
	{
		fieldname: "handed_over_items",
		fieldtype: "Small Text",
		label: __("Papers and Belongings Handed Over"),
		default: frm.doc.handed_over_items,
	},
];

const RETURN = () => [
	{
		fieldname: "returned_on",
		fieldtype: "Date",
		label: __("Returned On"),
		default: frappe.datetime.get_today(),
		reqd: 1,
	},
	{ fieldname: "return_remarks", fieldtype: "Small Text", label: __("How the Child Returned") },
];

// Before a step: ask for what it needs, save it, then let the step go on.
function ask(frm, fields) {
	frappe.dom.unfreeze();
	return new Promise((resolve) => {
		frappe.prompt(
			fields,
			(values) => frm.set_value(values).then(() => frm.save().then(resolve)),
			__(frm.selected_workflow_action)
		);
	});
}
