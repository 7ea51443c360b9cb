frappe.ui.form.on("Identity Difference", {
	refresh(frm) {
		frm.set_intro("");
		const { state, proposed_by } = frm.doc;
		if (["Not Yet Decided", "Proposed"].includes(state) && social_care.identity.proposes()) {
			frm.add_custom_button(__("Take the Value of the Source"), () =>
				propose(frm, "Take the Value of the Source", false)
			);
			frm.add_custom_button(__("Keep Our Value"), () => propose(frm, "Keep Our Value", true));
		}
		if (state !== "Proposed") return;
		if (proposed_by === frappe.session.user)
			return frm.set_intro(__("Somebody else decides on your proposal."), "blue");
		if (!social_care.identity.decides()) return;
		frm
			.add_custom_button(__("Approve"), () =>
				social_care.identity.call("decide", { difference: frm.doc.name, approved: 1 }, frm)
			)
			.addClass("btn-primary");
		frm.add_custom_button(__("Refuse"), () =>
			frappe.prompt(
				{ fieldname: "refusal", fieldtype: "Small Text", label: __("Reason of the Refusal"), reqd: 1 },
				({ refusal }) =>
					social_care.identity.call("decide", { difference: frm.doc.name, approved: 0, refusal }, frm),
				__("Refuse"),
				__("Refuse")
			)
		);
	},
});

function propose(frm, decision, reqd) {
	frappe.prompt(
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: reqd ? 1 : 0 },
		({ reason }) =>
			social_care.identity.call("propose", { difference: frm.doc.name, decision, reason: reason || "" }, frm),
		__(decision),
		__("Propose")
	);
}
