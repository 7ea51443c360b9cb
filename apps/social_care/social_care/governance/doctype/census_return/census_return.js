frappe.ui.form.on("Census Return", {
	refresh(frm) {
		frm.disable_form();
		const roles = frappe.user_roles;
		const { status } = frm.doc;
		const waits = ["Waiting", "Returned"].includes(status);
		if (
			waits &&
			["Institution Entry User", "Institution Social Worker", "Institution Director"].some(held(roles))
		)
			frm.add_custom_button(__("Declare the Number"), () => declare(frm));
		const signer = {
			Waiting: "Institution Director",
			Returned: "Institution Director",
			"Signed by Institution": "Directorate Director",
			"Signed by Directorate": "Central Administration Head",
		}[status];
		if (!roles.includes(signer)) return;
		frm.add_custom_button(__("Sign"), () => call(frm, "sign", { seen: frm.doc.__onload?.seen || "" }));
		if (!waits) frm.add_custom_button(__("Send Back"), () => send_back(frm));
	},
});

const held = (roles) => (role) => roles.includes(role);

async function call(frm, name, values = {}) {
	await frappe.xcall(`social_care.api.census.${name}`, { name: frm.doc.name, ...values });
	await frm.reload_doc();
}

function declare(frm) {
	frappe.prompt(
		[
			{
				fieldname: "number",
				fieldtype: "Int",
				label: __("Children in the Institution at the Cut-off"),
				reqd: 1,
				default: frm.doc.declared || frm.doc.entered,
			},
			{
				fieldname: "remark",
				fieldtype: "Small Text",
				label: __("Why the Numbers Differ"),
				default: frm.doc.remark,
			},
		],
		(values) => call(frm, "declare", values),
		__("Declare the Number")
	);
}

function send_back(frm) {
	frappe.prompt(
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason of the Return"), reqd: 1 },
		(values) => call(frm, "send_back", values),
		__("Send Back")
	);
}
