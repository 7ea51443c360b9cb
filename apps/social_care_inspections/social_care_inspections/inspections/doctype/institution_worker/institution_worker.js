frappe.ui.form.on("Institution Worker", {
	refresh(frm) {
		const words = {
			Barred: __("This person was excluded from work in care by a decision; ask the directorate."),
			"Possible Match": __("A person of this name was excluded; the directorate says whether it is he."),
		};
		const said = words[frm.doc.clearance];
		frm.set_intro(said || "", frm.doc.clearance === "Barred" ? "red" : "orange");
	},
});
