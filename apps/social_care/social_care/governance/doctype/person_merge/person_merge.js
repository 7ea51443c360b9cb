// A merge: what went over, and the steps that are open.
frappe.ui.form.on("Person Merge", {
	refresh(frm) {
		const told = (frm.doc.__onload || {}).social_care || {};
		frm.disable_save();
		frm.toggle_display("compared_section", Boolean((told.rows || []).length));
		frm.get_field("compared_html").$wrapper.html(social_care.duplicates.of_merge(told.rows || []));
		frm.get_field("moved_html").$wrapper.html(moved(told.moved || []));
		if (!frm.perm[0]?.write) return;
		if (frm.doc.status === "Proposed" && told.may_decide) {
			frm.add_custom_button(__("Accept"), () => decide(frm, 1)).addClass("btn-primary");
		}
		if (frm.doc.status === "Proposed" && told.may_decide) {
			frm.add_custom_button(__("Decline"), () => decide(frm, 0));
		}
		frm.doc.status === "Merged" && frm.add_custom_button(__("Undo the Merge"), () => undo(frm));
	},
});

function moved(rows) {
	const escape = frappe.utils.escape_html;
	const lines = rows.map(([label, count]) => `<tr><td>${escape(label)}</td><td>${count}</td></tr>`).join("");
	return rows.length ? `<table class="table table-bordered social-care-table">${lines}</table>` : "";
}

async function decide(frm, accept) {
	await frappe.xcall("social_care.api.duplicates.decide_merge", { name: frm.doc.name, accept });
	frm.reload_doc();
}

function undo(frm) {
	frappe.prompt(
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
		async ({ reason }) => {
			await frappe.xcall("social_care.api.duplicates.undo_merge", { name: frm.doc.name, reason });
			frm.reload_doc();
		},
		__("Undo the Merge")
	);
}
