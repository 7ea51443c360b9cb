frappe.ui.form.on("Readiness Survey", {
	refresh(frm) {
		const missing = (frm.doc.missing || "").split("\n").filter(Boolean);
		if (frm.is_new()) return;
		frm.set_intro(
			missing.length
				? __("What Is Missing") + ": " + missing.map((label) => __(label)).join("، ")
				: __("Fully Mechanised"),
			missing.length ? "orange" : "green"
		);
		if (missing.length && frappe.model.can_create("Device Request"))
			frm.add_custom_button(__("Request Devices"), () =>
				frappe.new_doc("Device Request", { institution: frm.doc.institution, org_unit: frm.doc.org_unit })
			);
	},
});
