frappe.ui.form.on("Support Programme", {
	refresh(frm) {
		if (frm.is_new() || !social_care.cash.at_headquarters()) return;
		if (frm.doc.kind === "Support in Rounds") frm.add_custom_button(__("Begin a Round"), () => begin(frm));
		frm.add_custom_button(__("Load Its Members"), () =>
			social_care.cash.upload({ contents: "Members of a Programme", programme: frm.doc.name })
		);
	},
});

function begin(frm) {
	frappe.prompt(
		{
			fieldname: "month",
			fieldtype: "Date",
			label: __("Month"),
			reqd: 1,
			default: frappe.datetime.month_start(),
		},
		async ({ month }) => {
			const { name } = await social_care.cash.call("begin_round", { programme: frm.doc.name, month });
			frappe.set_route("Form", "Support Round", name);
		},
		__("Begin a Round")
	);
}
