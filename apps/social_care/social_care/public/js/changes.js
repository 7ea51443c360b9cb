// Fields of a child's file that are changed by a request only.
frappe.provide("social_care.changes");

const API = "social_care.api.change_requests";
const CHIEF = "Directorate Director";
const HEAD = "Central Administration Head";
const AT = { "Waiting for the Directorate": CHIEF, "Waiting for Headquarters": HEAD };

social_care.changes.decides = (state) => frappe.user.has_role(AT[state]);
social_care.changes.mine = () => Object.keys(AT).find((state) => frappe.user.has_role(AT[state]));

social_care.changes.call = async function (method, frm, values) {
	const told = await frappe.xcall(`${API}.${method}`, { request: frm.doc.name, ...values });
	method === "undo" ? frappe.set_route("Form", "Change Request", told.name) : frm.reload_doc();
};

// Names of fields, and values that are words of a list, in the reader's language.
social_care.changes.translate = function (frm) {
	for (const fieldname of ["field_label", "old_value", "new_value"]) {
		const field = frm.get_field(fieldname);
		field.df.formatter = (value) => frappe.utils.escape_html(__(value || ""));
		field.refresh();
	}
};

// On the form of a file: protected fields are read-only, and their change is asked for.
social_care.changes.show = function (frm, fields) {
	for (const fieldname of fields) frm.set_df_property(fieldname, "read_only", 1);
	if (fields.length) frm.add_custom_button(__("Ask for a Change"), () => ask(frm));
};

async function ask(frm) {
	const fields = await frappe.xcall(`${API}.fields`, { child: frm.doc.name });
	const dialog = new frappe.ui.Dialog({
		title: __("Ask for a Change"),
		doc: {}, // without it each choice empties required fields that are being typed in
		fields: [
			{
				fieldname: "field",
				fieldtype: "Select",
				label: __("Field"),
				reqd: 1,
				options: fields.map(({ fieldname, label }) => ({ value: fieldname, label })),
				onchange: () => show_value(dialog, fields),
			},
			{ fieldname: "present", fieldtype: "Data", label: __("Present Value"), read_only: 1 },
			...fields.map((field) => value_field(field)),
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
			{ fieldname: "paper", fieldtype: "Small Text", label: __("Supporting Document"), reqd: 1 },
		],
		primary_action_label: __("Ask for a Change"),
		primary_action: (values) => send(dialog, frm, values),
	});
	dialog.show();
}

const value_field = ({ fieldname, fieldtype, options }) => ({
	fieldname: `value_${fieldname}`,
	fieldtype: fieldtype === "Check" ? "Select" : fieldtype,
	options:
		fieldtype === "Check"
			? [
					{ value: "0", label: __("No") },
					{ value: "1", label: __("Yes") },
				]
			: options,
	label: __("Value Asked For"),
	depends_on: `eval:doc.field=='${fieldname}'`,
});

function show_value(dialog, fields) {
	const chosen = fields.find(({ fieldname }) => fieldname === dialog.get_value("field"));
	dialog.set_value("present", chosen ? __(chosen.value) : "");
}

async function send(dialog, frm, values) {
	const told = await frappe.xcall(`${API}.ask`, {
		child: frm.doc.name,
		field: values.field,
		value: String(values[`value_${values.field}`] ?? ""),
		reason: values.reason,
		paper: values.paper,
	});
	dialog.hide();
	frappe.set_route("Form", "Change Request", told.name);
}
