frappe.ui.form.on("Corrective Action Plan", {
	setup(frm) {
		const of_institution = () => ({ filters: { institution: frm.doc.institution } });
		frm.set_query("institution_visit", of_institution);
		frm.set_query("violation_record", of_institution);
	},

	refresh(frm) {
		frm.set_intro("");
		if (frm.is_new()) return;
		const { status, follow_up_fault, due_on } = frm.doc;
		if (follow_up_fault && status === "In Progress") frm.set_intro(follow_up_fault, "red");
		else if (status === "In Progress") {
			const late = due_on < frappe.datetime.get_today();
			frm.set_intro(
				__("The plan is due on {0}.", [frappe.datetime.str_to_user(due_on)]),
				late ? "red" : "orange"
			);
		}
		frm.add_custom_button(__("Corrective Actions"), () =>
			frappe.set_route("List", "Corrective Action", { corrective_action_plan: frm.doc.name })
		);
		if (!["Draft", "In Progress"].includes(status) || !frappe.model.can_create("Corrective Action")) return;
		frm.add_custom_button(__("Add an Action"), () =>
			frappe.new_doc("Corrective Action", { corrective_action_plan: frm.doc.name, due_on })
		);
		if (frm.doc.institution_visit)
			frm.add_custom_button(__("Choose from Failed Indicators"), () => choose(frm));
	},
});

/** A person chooses which failed indicators become actions. */
async function choose(frm) {
	const rows = await frappe.xcall("social_care_inspections.api.actions.proposed_actions", {
		plan: frm.doc.name,
	});
	if (!rows.length) {
		frappe.msgprint(__("The visit has no failed indicator that is not in the plan."));
		return;
	}
	const label = (row) => `${row.indicator_code} · ${row.indicator} (${row.score} / ${row.score_max})`;
	const dialog = new frappe.ui.Dialog({
		title: __("Choose from Failed Indicators"),
		fields: [
			{
				fieldname: "indicators",
				fieldtype: "MultiCheck",
				options: rows.map((row) => ({
					label: frappe.utils.escape_html(label(row)),
					value: row.indicator_code,
					checked: row.is_critical,
				})),
				columns: 1,
			},
		],
		primary_action_label: __("Add to the Plan"),
		async primary_action({ indicators }) {
			await frappe.xcall("social_care_inspections.api.actions.add_proposed_actions", {
				plan: frm.doc.name,
				indicators,
			});
			dialog.hide();
			frm.reload_doc();
		},
	});
	dialog.show();
}
