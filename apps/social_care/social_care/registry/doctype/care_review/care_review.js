frappe.ui.form.on("Care Review", {
	setup(frm) {
		frm.set_query("review_kind", () => ({ filters: { disabled: 0 } }));
	},

	refresh(frm) {
		frm.get_field("goal_progress").grid.cannot_add_rows = true;
		frm.toggle_enable(["review_kind", "planned_on"], frm.doc.status === "Planned");
		if (frm.doc.status === "Completed") {
			frm.disable_form();
			return;
		}
		if (frm.is_new()) {
			frm.doc.child && take_goals(frm);
		} else {
			frm.add_custom_button(__("Complete the Review"), () => complete(frm)).addClass("btn-primary");
		}
	},

	child(frm) {
		frm.doc.child && take_goals(frm);
	},

	review_kind: (frm) => frm.refresh_field("best_interests_section"),
});

// Asked for by the new form and by the choice of the child; the answer that comes later finds the goals there.
function take_goals(frm) {
	if ((frm.doc.goal_progress || []).length) return;
	const child = frm.doc.child;
	frappe.xcall("social_care.api.case_work.goals_for_review", { child }).then((told) => {
		if (frm.doc.child !== child || (frm.doc.goal_progress || []).length) return;
		frm.set_value("care_plan", told.care_plan);
		told.goals.forEach((goal) => frm.add_child("goal_progress", goal));
		frm.refresh_field("goal_progress");
	});
}

// A refused completion leaves the form as it was written, as a planned review.
function complete(frm) {
	frm.doc.held_on || frm.set_value("held_on", frappe.datetime.get_today());
	frm.set_value("status", "Completed");
	return frm.save(undefined, undefined, undefined, () => {
		frm.doc.status = "Planned";
		frm.refresh();
		frm.dirty();
	});
}
