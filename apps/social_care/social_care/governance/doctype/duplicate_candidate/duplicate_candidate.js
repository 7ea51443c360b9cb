// Two people side by side: why they may be one, what differs, which value is right, and what becomes of them.
frappe.ui.form.on("Duplicate Candidate", {
	refresh(frm) {
		const told = (frm.doc.__onload || {}).social_care;
		if (!told) return;
		frm.set_df_property("status", "read_only", 1);
		frm.disable_save();
		frm.toggle_display(["person", "other_person"], false); // keys; the two stand in the table
		frm.toggle_display("decision_reason", Boolean(frm.doc.decision_reason));
		social_care.duplicates.show(frm, told);
		add_steps(frm, told);
	},
});

function add_steps(frm, told) {
	const open = ["Open", "Referred to Headquarters"].includes(frm.doc.status);
	if (told.proposal) {
		frm.add_custom_button(__("Open the Merge"), () =>
			frappe.set_route("Form", "Person Merge", told.proposal.name)
		);
	}
	if (!open || told.proposal || !frm.perm[0]?.write) return;
	frm.add_custom_button(__("One Person: Merge"), () => ask_for_merge(frm, told)).addClass("btn-primary");
	frm.add_custom_button(__("Not the Same"), () =>
		decide(frm, "Not the Same", "decision_reason", __("Why they are two people"))
	);
	if (frm.doc.status === "Open")
		frm.add_custom_button(__("Refer to Headquarters"), () =>
			decide(frm, "Referred to Headquarters", "referral_reason", __("Reason for the Referral"))
		);
}

function decide(frm, status, field, label) {
	frappe.prompt(
		{ fieldname: "reason", fieldtype: "Small Text", label, reqd: 1 },
		async ({ reason }) => {
			frm.doc.status = status;
			frm.doc[field] = reason;
			frm.dirty();
			await frm.save();
		},
		__(status)
	);
}

function ask_for_merge(frm, told) {
	const { history } = told;
	const stays = social_care.duplicates.survivor(frm);
	const fields = [
		{
			fieldname: "note",
			fieldtype: "HTML",
			options: `<p>${frappe.utils.escape_html(
				__(
					"The record of the other column stays as a signpost. Everything that hangs on it goes over, and all of it can be undone."
				)
			)}</p>`,
		},
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 },
	];
	if (history.needed)
		fields.splice(1, 0, {
			fieldname: "history",
			fieldtype: "Select",
			label: __("Placement History"),
			options: history.choices
				.filter((choice) => !history.obstacle || choice !== "Joined")
				.map((value) => ({ value, label: __(value) })),
			default: history.obstacle ? "" : "Joined",
			description: history.obstacle || "",
			reqd: 1,
		});
	frappe.prompt(
		fields,
		async (values) => {
			await frappe.xcall("social_care.api.duplicates.propose_merge", {
				candidate: frm.doc.name,
				survivor: stays,
				chosen: JSON.stringify(social_care.duplicates.chosen(frm)),
				history: values.history || "",
				reason: values.reason,
			});
			frm.reload_doc();
		},
		__("One Person: Merge"),
		told.four_eyes ? __("Propose") : __("Merge")
	);
}
