frappe.ui.form.on("Beneficiary Import Batch", {
	refresh(frm) {
		social_care.cash.follow(frm);
		const { status, progress, rows_rejected, rows_corrected } = frm.doc;
		if (["Uploaded", "Loading"].includes(status))
			social_care.cash.show_bar(
				frm,
				__("Loading"),
				progress,
				__("The list is being loaded; you may leave this page.")
			);
		if (status === "Finished" && rows_rejected > 0 && social_care.cash.loads())
			frm.add_custom_button(__("Download Rejected Rows"), () =>
				open_url_post(
					"/api/method/social_care.api.cash_support.rejected_rows",
					{ batch: frm.doc.name },
					false
				)
			);
		if (status === "Finished")
			frm.set_intro(
				rows_rejected
					? __("Rejected rows come as a workbook with the reason of each: correct it and load it again.")
					: __("All rows were taken."),
				rows_rejected ? "orange" : "green"
			);
	},
});
