const DECIDERS = ["Central Administration Head", "Data Protection Officer"];

frappe.ui.form.on("Research Export", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.disable_save();
		if (frm.doc.state === "Approved") frm.add_custom_button(__("Download the Export"), () => download(frm));
		if (
			frm.doc.state !== "Asked" ||
			!frappe.user.has_role(DECIDERS) ||
			frm.doc.asked_by === frappe.session.user
		)
			return;
		frm.add_custom_button(__("Approve"), () => decide(frm, 1));
		frm.add_custom_button(__("Refuse"), () => decide(frm, 0));
	},
});

function download(frm) {
	open_url_post("/api/method/social_care.api.research.download", { name: frm.doc.name }, false);
}

function decide(frm, approve) {
	const note = {
		fieldname: "note",
		fieldtype: "Small Text",
		label: __("Note on the Decision"),
		reqd: approve ? 0 : 1,
	};
	const title = approve ? __("Approve") : __("Refuse");
	frappe.prompt([note], (values) => send(frm, approve, values.note || ""), title, title);
}

async function send(frm, approve, note) {
	await frappe.xcall("social_care.api.research.decide", { name: frm.doc.name, approve, note });
	frm.reload_doc();
}
