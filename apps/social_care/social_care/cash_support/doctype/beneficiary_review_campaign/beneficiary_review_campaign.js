frappe.ui.form.on("Beneficiary Review Campaign", {
	refresh(frm) {
		if (frm.is_new()) return;
		social_care.cash.follow(frm);
		social_care.cash.show_progress(frm);
		if (["Waiting", "Working"].includes(frm.doc.check_status))
			social_care.cash.show_bar(
				frm,
				__("Check Anew"),
				frm.doc.check_progress,
				__("Rows are being checked anew.")
			);
		if (frm.doc.status !== "Open") return;
		if (social_care.cash.loads()) {
			frm.add_custom_button(__("Load a List"), () =>
				social_care.cash.upload({ contents: "Beneficiaries", campaign: frm.doc.name })
			);
			frm.add_custom_button(__("Propose an Outcome"), () => social_care.cash.propose(frm.doc.name));
		}
		if (social_care.cash.at_headquarters())
			frm.add_custom_button(__("Check Anew"), () =>
				social_care.cash.call("check_anew", { campaign: frm.doc.name }).then(() => frm.reload_doc())
			);
	},
});
