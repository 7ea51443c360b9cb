frappe.ui.form.on("Beneficiary Review", {
	async refresh(frm) {
		show_findings(frm);
		if (frm.doc.status === "Listed" && social_care.cash.loads())
			frm.add_custom_button(__("Propose an Outcome"), () => social_care.cash.propose_single(frm));
		const { message } = await frappe.db.get_value(
			"Beneficiary Review Campaign",
			frm.doc.campaign,
			"grievance_service"
		);
		const service = message && message.grievance_service;
		const found = service && (await frappe.db.get_value("Service", service, "request_type"));
		const type = found && found.message.request_type;
		if (type && frappe.model.can_create(type))
			frm.add_custom_button(__("Register a Grievance"), () =>
				frappe.new_doc(type, { programme: "Social Security Pension" })
			);
	},
});

function show_findings(frm) {
	const found = (frm.doc.findings || "").split(",").filter(Boolean);
	const items = found.map((text) => `<li>${frappe.utils.escape_html(__(text))}</li>`);
	frm
		.get_field("findings_html")
		.$wrapper.html(
			items.length ? `<ul>${items.join("")}</ul>` : `<p class="text-muted">${__("Nothing was found.")}</p>`
		);
}
