frappe.ui.form.on("Committee Session", {
	setup(frm) {
		frm.set_query("committee", () => ({ filters: { is_active: 1 } }));
	},

	refresh(frm) {
		const written = ["Session Called", "In Session"].includes(frm.doc.status);
		for (const table of ["attendees", "cases"]) frm.get_field(table).grid.cannot_add_rows = true;
		frm.set_intro("");
		offer_choices(frm);
		if (frm.is_new() || !written) return;
		show_quorum(frm);
		frm.add_custom_button(__("Put Waiting Cases on the Agenda"), () => fetch_waiting(frm));
	},

	before_workflow_action(frm) {
		if (frm.selected_workflow_action === "Cancel the Session") return social_care.ask_reason(frm, "reason");
	},
});

/** How many members are there and how many are needed. */
function show_quorum(frm) {
	const { voters, voters_present, quorum_needed, has_quorum } = frm.doc;
	const text = __("{0} of {1} voting members are present; the quorum is {2}.", [
		voters_present,
		voters,
		quorum_needed,
	]);
	frm.set_intro(text, has_quorum ? "green" : "orange");
}

/** Conflicts are declared for cases of the agenda by members of the session. */
function offer_choices(frm) {
	const grid = frm.get_field("conflicts").grid;
	const cases = (frm.doc.cases || []).map((row) => row.case_name);
	const members = (frm.doc.attendees || []).map((row) => row.member_name);
	grid.update_docfield_property("case_name", "fieldtype", "Select");
	grid.update_docfield_property("case_name", "options", ["", ...cases]);
	grid.update_docfield_property("member_name", "fieldtype", "Select");
	grid.update_docfield_property("member_name", "options", ["", ...members]);
}

/** Everything that waits for the committee and stands on no agenda. */
async function fetch_waiting(frm) {
	const { message } = await frappe.call({
		method: "social_care.api.decisions.cases_waiting",
		type: "GET",
		args: { committee: frm.doc.committee },
	});
	const known = new Set((frm.doc.cases || []).map((row) => row.case_name));
	const found = (message || []).filter((row) => !known.has(row.case_name));
	if (!found.length) {
		frappe.show_alert({ message: __("No further case waits for this committee."), indicator: "blue" });
		return;
	}
	found.forEach((row) => frm.add_child("cases", row));
	frm.refresh_field("cases");
	frm.dirty();
}
