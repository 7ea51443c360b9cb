// «Move the Child»: one guided action for transfer, admission, leave and exit. Only what applies to the chosen movement is shown;
// the server decides what is allowed (registry/moves/guide.py).

frappe.provide("social_care.moves");

const safe = (text) => frappe.utils.escape_html(String(text ?? ""));
const day = (value) => (value ? frappe.datetime.str_to_user(value) : "");
const CALLS = "social_care.api.moves";
const RECEIVED = "['Transfer','Admission'].includes(doc.movement)";

social_care.moves.add_actions = async function (frm) {
	if (!frappe.model.can_read("Placement Change")) return;
	const told = await frappe.xcall(`${CALLS}.guide`, { child: frm.doc.name });
	if (told.child !== frm.doc.name) return;
	show_state(frm, told);
	if (told.on_leave && frappe.model.can_write("Placement Change"))
		frm.add_custom_button(__("Record Return"), () => come_back(frm, told.on_leave), __("Care"));
	if (told.movements.length) frm.add_custom_button(__("Move the Child"), () => ask(frm, told), __("Care"));
};

// What is under way stands above the history of placements, with a way to it.
function show_state(frm, told) {
	const field = frm.get_field("placements_html");
	if (!field) return;
	field.$wrapper.find(".social-care-moves").remove();
	const lines = [];
	if (told.open)
		lines.push(
			link(told.open.name, __("{0} under way: {1}", [__(told.open.movement), __(told.open.status)]), "orange")
		);
	if (told.on_leave)
		lines.push(
			link(told.on_leave.name, __("On leave, due back on {0}", [day(told.on_leave.due_back_on)]), "blue")
		);
	lines.length && field.$wrapper.prepend(`<div class="social-care-moves">${lines.join("")}</div>`);
}

function link(name, text, colour) {
	const address = frappe.utils.get_form_link("Placement Change", name);
	return `<p><a class="indicator-pill ${colour}" href="${address}">${safe(text)}</a></p>`;
}

function ask(frm, told) {
	const dialog = new frappe.ui.Dialog({
		title: __("Move the Child"),
		size: "large",
		fields: fields(frm, told),
		primary_action_label: __("Propose"),
		primary_action: (values) => confirm(frm, dialog, values),
	});
	dialog.$wrapper.addClass("social-care-move");
	follow(dialog, frm, told);
	dialog.show();
}

function fields(frm, told) {
	return [...what(told), ...where(told), ...away(told), ...why(), ...interests(told), ...decision(told)];
}

function what(told) {
	return [
		{
			fieldname: "movement",
			fieldtype: "Select",
			label: __("Movement"),
			options: told.movements.map((value) => ({ value, label: __(value) })),
			default: told.movements[0],
			reqd: 1,
		},
		{
			fieldname: "is_emergency",
			fieldtype: "Check",
			label: __("Emergency Transfer"),
			description: __("The child moves today; the receiving institution confirms afterwards."),
			depends_on: "eval:doc.movement=='Transfer'",
			hidden: told.emergency ? 0 : 1,
		},
		{ fieldtype: "Column Break" },
		{
			fieldname: "effective_date",
			fieldtype: "Date",
			label: __("Day of the Movement"),
			default: frappe.datetime.get_today(),
			reqd: 1,
			read_only_depends_on: "eval:doc.is_emergency",
		},
	];
}

function where(told) {
	return [
		{ fieldtype: "Section Break", label: __("To Where"), depends_on: `eval:${RECEIVED}` },
		{
			fieldname: "to_institution",
			fieldtype: "Autocomplete",
			label: __("Receiving Institution"),
			description: __("Type its name, or the code of an institution in another directorate"),
			mandatory_depends_on: `eval:${RECEIVED}`,
		},
		{ fieldname: "weighed", fieldtype: "HTML" },
		{ fieldtype: "Column Break" },
		{
			fieldname: "care_needs",
			fieldtype: "Small Text",
			label: __("What the Receiving Institution Must Provide"),
			description: __(
				"The receiving institution reads this before it decides; write no name and no parentage here."
			),
		},
		{
			fieldname: "sibling_separation_reason",
			fieldtype: "Small Text",
			label: __("Reason for Separating Siblings"),
			hidden: 1,
		},
		{
			fieldtype: "Section Break",
			label: __("Siblings in Care"),
			depends_on: told.siblings.length ? `eval:${RECEIVED}` : "eval:0",
		},
		{ fieldname: "siblings", fieldtype: "HTML", options: social_care.kin.siblings_html(told.siblings) },
	];
}

function away(told) {
	const leave = "eval:doc.movement=='Temporary Leave'";
	const exit = "eval:doc.movement=='Exit'";
	return [
		{ fieldtype: "Section Break", label: __("Leave"), depends_on: leave },
		{ fieldname: "due_back_on", fieldtype: "Date", label: __("Due Back On"), mandatory_depends_on: leave },
		{ fieldtype: "Column Break" },
		{ fieldname: "leave_host", fieldtype: "Small Text", label: __("With Whom and Where") },
		{ fieldtype: "Section Break", label: __("Exit"), depends_on: exit },
		{
			fieldname: "exit_way",
			fieldtype: "Select",
			label: __("Way Out of Care"),
			options: ["", ...told.exits].map((value) => ({ value, label: value && __(value) })),
			mandatory_depends_on: exit,
		},
		{
			fieldname: "home",
			fieldtype: "HTML",
			options: `<p class="text-muted">${safe(
				__("A return to the family is decided in a Reintegration Case, kafala in its own file.")
			)}</p>`,
		},
	];
}

function why() {
	return [
		{ fieldtype: "Section Break", label: __("Reason") },
		{ fieldname: "reason", fieldtype: "Select", label: __("Reason for the Movement"), reqd: 1, options: [] },
		{ fieldtype: "Column Break" },
		{
			fieldname: "reason_details",
			fieldtype: "Small Text",
			label: __("Details of the Reason"),
			mandatory_depends_on: "eval:doc.is_emergency",
		},
	];
}

function interests(told) {
	const found = told.determination;
	const known = found
		? __("The best interests determination of {0} counts: {1}", [day(found.day), found.name])
		: "";
	return [
		{
			fieldname: "interests_section",
			fieldtype: "Section Break",
			label: __("Best Interests Determination"),
			hidden: 1,
		},
		{ fieldname: "known", fieldtype: "HTML", options: `<p class="text-muted">${safe(known)}</p>` },
		{
			fieldname: "child_view",
			fieldtype: "Small Text",
			label: __("The Child's Own View"),
			hidden: found ? 1 : 0,
		},
		{
			fieldname: "no_view_reason",
			fieldtype: "Small Text",
			label: __("Reason Why There Is No View"),
			description: __("For example: too young to express one"),
			depends_on: "eval:!doc.child_view",
			hidden: found ? 1 : 0,
		},
		{
			fieldname: "best_interests",
			fieldtype: "Small Text",
			label: __("Best Interests of the Child"),
			description: __("Options weighed, the child's view, the decision and its reasons"),
			hidden: found ? 1 : 0,
		},
	];
}

function decision(told) {
	return [
		{
			fieldtype: "Section Break",
			label: __("Decision"),
			description: told.decides ? "" : __("The directorate completes it where it is not known yet."),
			depends_on: "eval:doc.movement!='Temporary Leave'",
		},
		{ fieldname: "decision_number", fieldtype: "Data", label: __("Decision Number") },
		{ fieldname: "decision_date", fieldtype: "Date", label: __("Decision Date") },
		{ fieldtype: "Column Break" },
		{ fieldname: "decision_authority", fieldtype: "Data", label: __("Deciding Authority") },
		{ fieldname: "legal_basis", fieldtype: "Data", label: __("Legal Basis") },
	];
}

// The dialog follows the choice of movement, reason and institution.
function follow(dialog, frm, told) {
	let offered = null; // the choice of movement is told more than once, also after a reason was chosen
	const reasons = () => {
		const movement = dialog.get_value("movement");
		if (movement === offered) return;
		offered = movement;
		const fit = told.reasons.filter((row) => row.movement === movement);
		dialog.set_df_property("reason", "options", [
			{ value: "", label: "" },
			...fit.map((row) => ({ value: row.reason_code, label: row.reason_name })),
		]);
		if (!fit.some((row) => row.reason_code === dialog.get_value("reason"))) dialog.set_value("reason", "");
	};
	const ask_interests = () => {
		const row = told.reasons.find((one) => one.reason_code === dialog.get_value("reason"));
		const asked = row && row.needs_best_interests && !dialog.get_value("is_emergency");
		dialog.set_df_property("interests_section", "hidden", asked ? 0 : 1);
		if (row?.legal_basis && !dialog.get_value("legal_basis"))
			dialog.set_value("legal_basis", row.legal_basis);
	};
	dialog.fields_dict.movement.df.onchange = reasons;
	dialog.fields_dict.reason.df.onchange = ask_interests;
	dialog.fields_dict.is_emergency.df.onchange = () => {
		dialog.get_value("is_emergency") && dialog.set_value("effective_date", frappe.datetime.get_today());
		ask_interests();
	};
	find_institutions(dialog, frm);
	reasons();
}

function find_institutions(dialog, frm) {
	const field = dialog.fields_dict.to_institution;
	field.awesomplete.filter = () => true; // the server has searched, in any spelling
	const load = frappe.utils.debounce(async () => {
		const text = field.$input.val();
		field.set_data(await frappe.xcall(`${CALLS}.receiving_institutions`, { child: frm.doc.name, text }));
	}, 250);
	field.$input.on("input focus", load);
	field.df.onchange = () => weigh(dialog, frm, field.get_value());
}

async function weigh(dialog, frm, to_institution) {
	const box = dialog.fields_dict.weighed.$wrapper.empty();
	dialog.set_df_property("sibling_separation_reason", "hidden", 1);
	if (!to_institution) return;
	const told = await frappe.xcall(`${CALLS}.weigh`, { child: frm.doc.name, to_institution });
	box.html(told.warnings.map((text) => `<p class="alert alert-warning">${safe(text)}</p>`).join(""));
	dialog.set_df_property("sibling_separation_reason", "hidden", told.siblings_elsewhere ? 0 : 1);
}

function confirm(frm, dialog, values) {
	dialog.disable_primary_action();
	const occasions = { Transfer: "RK-03", Admission: "RK-08", Exit: "RK-06", "Temporary Leave": "RK-08" };
	const sent = { ...values, child: frm.doc.name, occasion: occasions[values.movement] };
	frappe
		.xcall(`${CALLS}.propose`, { values: sent })
		.then((made) => {
			dialog.hide();
			frappe.set_route("Form", "Placement Change", made.name);
			frm.doc.__islocal || frappe.model.clear_doc("Child", frm.doc.name);
		})
		.catch(() => dialog.enable_primary_action());
}

function come_back(frm, leave) {
	frappe.prompt(
		[
			{
				fieldname: "returned_on",
				fieldtype: "Date",
				label: __("Returned On"),
				default: frappe.datetime.get_today(),
				reqd: 1,
			},
			{ fieldname: "remarks", fieldtype: "Small Text", label: __("How the Child Returned") },
		],
		(values) =>
			frappe.xcall(`${CALLS}.come_back`, { change: leave.name, ...values }).then(() => frm.reload_doc()),
		__("Record Return"),
		__("Record Return")
	);
}
