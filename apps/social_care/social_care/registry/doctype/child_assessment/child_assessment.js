frappe.ui.form.on("Child Assessment", {
	setup(frm) {
		frm.set_query("item", "scores", () => ({
			filters: { assessment_kind: frm.doc.assessment_kind, disabled: 0 },
		}));
	},

	refresh(frm) {
		if (frm.doc.status === "Completed") return frm.disable_form();
		frm.add_custom_button(__("Fill In the Questions"), () => fill_in(frm));
		if (!frm.is_new())
			frm.add_custom_button(__("Complete the Assessment"), () => complete(frm)).addClass("btn-primary");
		if (frm.is_new() && !(frm.doc.scores || []).length) fill_in(frm);
	},

	assessment_kind: (frm) => fill_in(frm),
});

// The questions of the kind; scores that were given stay.
function fill_in(frm) {
	const given = (frm.doc.scores || []).filter((row) => row.score);
	return frappe
		.xcall("social_care.api.case_work.assessment_questions", { kind: frm.doc.assessment_kind })
		.then((questions) => {
			const kept = given.filter((row) => questions.some((question) => question.item === row.item));
			frm.clear_table("scores");
			questions.forEach(({ item, item_name, scale_max }) => {
				frappe.utils.add_link_title("Assessment Item", item, item_name);
				const old = kept.find((row) => row.item === item) || {};
				frm.add_child("scores", { item, scale_max, score: old.score || 0, remark: old.remark });
			});
			frm.refresh_field("scores");
		});
}

// A refused completion leaves the form as it was written.
function complete(frm) {
	frm.set_value("status", "Completed");
	return frm.save(undefined, undefined, undefined, () => {
		frm.doc.status = "Draft";
		frm.refresh();
		frm.dirty();
	});
}
