frappe.ui.form.on("File Access Grant", {
	async refresh(frm) {
		frm.disable_save();
		if (frm.is_new()) return;
		const may = await frappe.xcall("social_care.api.reading.actions", { name: frm.doc.name });
		if (may.decide) {
			frm.add_custom_button(__("Open the File"), () => decide(frm, 1));
			frm.add_custom_button(__("Refuse"), () => decide(frm, 0));
		}
		if (may.revoke) frm.add_custom_button(__("Close the Access"), () => revoke(frm));
	},
});

function decide(frm, approve) {
	const reason = {
		fieldname: "note",
		fieldtype: "Small Text",
		label: __("Note on the Decision"),
		reqd: approve ? 0 : 1,
	};
	const title = approve ? __("Open the File") : __("Refuse");
	frappe.prompt([reason], ({ note }) => act(frm, "decide", { approve, note: note || "" }), title, title);
}

function revoke(frm) {
	const reason = { fieldname: "note", fieldtype: "Small Text", label: __("Reason") };
	const title = __("Close the Access");
	frappe.prompt([reason], ({ note }) => act(frm, "revoke", { note: note || "" }), title, title);
}

async function act(frm, call, values) {
	await frappe.xcall(`social_care.api.reading.${call}`, { name: frm.doc.name, ...values });
	frm.reload_doc();
}
