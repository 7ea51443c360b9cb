frappe.ui.form.on("Identity Answer File", {
	refresh(frm) {
		social_care.identity.follow(frm, "identity_answers");
		const rows = (frm.doc.__onload && frm.doc.__onload.rejected) || [];
		const safe = frappe.utils.escape_html;
		const body = rows.map(
			([row, sentence]) =>
				`<tr><td>${row ? format_number(row, null, 0) : ""}</td><td>${safe(sentence)}</td></tr>`
		);
		frm
			.get_field("rejected_html")
			.$wrapper.html(
				rows.length
					? `<div class="table-responsive"><table class="table table-bordered social-care-table"><thead><tr><th>${__(
							"Row in the Sheet"
						)}</th><th>${__("Reason of the Rejection")}</th></tr></thead><tbody>${body.join("")}</tbody></table></div>`
					: ""
			);
		if (frm.doc.status === "Finished" && frm.doc.rows_rejected)
			frm.set_intro(
				__("Rejected rows changed nothing: whoever they tell of goes on waiting for an answer."),
				"orange"
			);
	},
});
