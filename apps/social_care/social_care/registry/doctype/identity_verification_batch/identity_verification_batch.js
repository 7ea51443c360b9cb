frappe.ui.form.on("Identity Verification Batch", {
	setup(frm) {
		frm.set_query("source", () => ({ filters: { valid_from: ["<=", frappe.datetime.get_today()] } }));
	},

	refresh(frm) {
		social_care.identity.follow(frm, "identity_batch");
		if (frm.is_new()) return frm.set_intro("");
		frm.disable_form(); // changed by its buttons only
		social_care.identity.tell(frm);
		add_steps(frm);
	},
});

async function add_steps(frm) {
	const { status, waiting, name } = frm.doc;
	if (!["Ready", "Waiting"].includes(status) || !social_care.identity.asks()) return;
	const { message } = await frappe.db.get_value("Identity Source", frm.doc.source, "connector");
	if (message.connector === "File") {
		frm.add_custom_button(__("Workbook (XLSX)"), () => download(frm, "XLSX"), __("Download Questions"));
		frm.add_custom_button(__("Text Table (CSV)"), () => download(frm, "CSV"), __("Download Questions"));
	} else if (waiting) {
		frm.add_custom_button(__("Ask the Source"), () => social_care.identity.call("ask", { batch: name }, frm));
	}
	if (status === "Waiting" && message.connector === "File")
		frm
			.add_custom_button(__("Load Answers"), () => social_care.identity.upload(name))
			.addClass("btn-primary");
	frm.add_custom_button(__("Withdraw the Batch"), () =>
		frappe.confirm(
			__("No more answers will be taken, and whoever was not answered about counts as not asked. Withdraw?"),
			() => social_care.identity.call("withdraw", { batch: name }, frm)
		)
	);
}

function download(frm, kind) {
	open_url_post("/api/method/social_care.api.identity.questions", { batch: frm.doc.name, kind }, false);
	setTimeout(() => frm.reload_doc(), 3000);
}
