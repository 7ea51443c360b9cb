frappe.ui.form.on("Institution Visit", {
	setup(frm) {
		frm.set_query("assessment_tool", () => ({
			filters: [
				["Assessment Tool Institution Type", "institution_type", "=", frm.doc.institution_type || ""],
			],
		}));
		frm.set_query("user", "inspectors", () => ({
			query: "social_care_inspections.api.visits.pick_inspectors",
			filters: { institution: frm.doc.institution },
		}));
	},

	refresh(frm) {
		frm.set_intro("");
		show_clock(frm);
		show_explanation(frm);
		if (frm.doc.report_number) {
			if (frappe.model.can_create("Corrective Action Plan")) {
				frm.add_custom_button(__("Plan Corrective Actions"), () =>
					frappe.new_doc("Corrective Action Plan", {
						institution: frm.doc.institution,
						institution_visit: frm.doc.name,
					})
				);
			}
			frm.add_custom_button(__("Print the Report"), () =>
				frappe.set_route("print", frm.doctype, frm.doc.name)
			);
		}
	},

	visit_kind(frm) {
		if (frm.doc.visit_kind === "Unannounced") frm.set_value("is_unannounced", 1);
	},
});

/** What is due next, and whether it is late. */
function show_clock(frm) {
	const { status, report_due_on, step_due_on, is_unannounced } = frm.doc;
	if (status === "Planned" && is_unannounced) {
		frm.set_intro(__("The institution does not see this visit until it begins."), "blue");
		return;
	}
	const due = status === "Completed" ? report_due_on : step_due_on;
	if (!due) return;
	const late = due < frappe.datetime.now_datetime();
	const day = frappe.datetime.str_to_user(due);
	const text = late ? __("The next step was due on {0}.", [day]) : __("The next step is due on {0}.", [day]);
	frm.set_intro(text, late ? "red" : "orange");
}

/** Why the grade is what it is: sentences, areas, and the indicators that cost most. */
function show_explanation(frm) {
	const wrapper = frm.get_field("explanation_html").$wrapper.empty();
	const found = (frm.doc.__onload || {}).explanation;
	if (!found || !found.reasons) return;
	const escape = (text) => frappe.utils.escape_html(String(text ?? ""));
	const number = (value) => (value === null ? "–" : escape(format_number(value, null, 2)));
	const table = (heads, rows) =>
		`<table class="table table-bordered"><thead><tr>${heads
			.map((text) => `<th>${escape(text)}</th>`)
			.join("")}</tr></thead><tbody>${rows
			.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`)
			.join("")}</tbody></table>`;
	const areas = found.areas.map((row) => [
		escape(row.code),
		escape(row.name),
		number(row.weight),
		number(row.score),
		number(row.lost),
	]);
	const losses = found.losses.map((row) => [
		escape(row.code),
		escape(row.name),
		`${escape(row.score)} / ${escape(row.score_max)}`,
		number(row.lost),
		escape(row.remark),
	]);
	wrapper.html(`<div class="inspection-explanation">
		<h5>${escape(__("Why Is the Grade {0}?", [__(found.grade || "–")]))}</h5>
		<ul>${found.reasons.map((text) => `<li>${escape(text)}</li>`).join("")}</ul>
		${table([__("Code"), __("Quality Area"), __("Weight"), __("Score (Percent)"), __("Points Lost")], areas)}
		${
			losses.length
				? `<h5>${escape(__("What Cost Most Points"))}</h5>` +
					table([__("Code"), __("Indicator"), __("Score"), __("Points Lost"), __("Remarks")], losses)
				: ""
		}
	</div>`);
}
