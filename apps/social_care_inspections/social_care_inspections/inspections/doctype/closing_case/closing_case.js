const PLANNING = ["Re-placement", "Handing Over"];

frappe.ui.form.on("Closing Case", {
	setup(frm) {
		frm.set_query("violation_record", () => ({ filters: { institution: frm.doc.institution } }));
		frm.set_query("successor", () => ({
			filters: { status: "Operating", name: ["!=", frm.doc.institution] },
		}));
	},

	onload(frm) {
		frappe.realtime.off("closing_plan");
		frappe.realtime.on("closing_plan", (news) => {
			if (news.closing !== frm.doc.name) return;
			frappe.show_progress(__("Proposal for the Children"), news.percent, 100, __(news.state), true);
			if (["Ready", "Failed"].includes(news.state)) frm.reload_doc();
		});
	},

	refresh(frm) {
		frm.set_intro("");
		if (frm.is_new()) return;
		introduce(frm);
		if (["Re-placement", "Handing Over", "Completed"].includes(frm.doc.status)) {
			frm.add_custom_button(__("Rows of the Children"), () =>
				frappe.set_route("List", "Closing Placement", { closing_case: frm.doc.name })
			);
		}
		if (PLANNING.includes(frm.doc.status) && frm.perm[0].write) add_plan_buttons(frm);
		if (PLANNING.includes(frm.doc.status) && frappe.user.has_role("Legal Adviser")) add_opinion_button(frm);
	},
});

function introduce(frm) {
	const { residents_left, status, proposal_unplaced, proposal_proof } = frm.doc;
	const open = !["Completed", "Cancelled"].includes(status);
	if (open && residents_left) {
		frm.set_intro(__("Children who still live in the institution: {0}", [residents_left]), "orange");
	}
	if (PLANNING.includes(status) && proposal_unplaced) {
		frm.set_intro(
			__("Children for whom the search found no place: {0}; the rows say why.", [proposal_unplaced]),
			"red"
		);
	}
	if (PLANNING.includes(status) && proposal_proof === "Unproven") {
		frm.set_intro(__("The search was stopped by its time; perhaps more children can be placed."), "red");
	}
}

/** The adviser edits nothing else in this state, so that the form is closed to him. */
function add_opinion_button(frm) {
	if (!frm.doc.plan_decision_number || frm.doc.plan_opinion_on) return;
	const label = __("Legal Opinion on the Committee's Decision");
	const give = ({ opinion }) =>
		frappe
			.call({
				method: "social_care_inspections.api.closings.give_plan_opinion",
				type: "POST",
				args: { closing: frm.doc.name, opinion },
				freeze: true,
			})
			.then(() => frm.reload_doc());
	frm.add_custom_button(label, () =>
		frappe.prompt({ fieldname: "opinion", fieldtype: "Text", label, reqd: 1 }, give, label)
	);
}

function add_plan_buttons(frm) {
	const call = (method) =>
		frappe
			.call({
				method: `social_care_inspections.api.closings.${method}`,
				type: "POST",
				args: { closing: frm.doc.name },
				freeze: true,
			})
			.then(() => frm.reload_doc());
	const group = __("Proposal for the Children");
	frm.add_custom_button(__("Propose Places"), () => call("propose_plan"), group);
	if (frm.doc.plan_decision_number) {
		frm.add_custom_button(
			__("Approve the Plan"),
			() =>
				frappe.confirm(__("Approve the plan of the children and propose their transfers?"), () =>
					call("approve_plan")
				),
			group
		);
	}
	if (frm.doc.plan_approved_on) {
		frm.add_custom_button(__("Make the Missing Transfers"), () => call("make_transfers"), group);
	}
}
