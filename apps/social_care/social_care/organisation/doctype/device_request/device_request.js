const STEPS = {
	Requested: [
		["approve", ["Central Administration Head", "General Manager"]],
		["reject", ["Central Administration Head", "General Manager"]],
	],
	Approved: [
		[
			"deliver",
			["Central Administration Head", "General Manager", "Directorate Director", "Directorate Data Officer"],
		],
	],
	Delivered: [
		[
			"receive",
			[
				"Institution Director",
				"Institution Entry User",
				"Social Administration Manager",
				"Directorate Director",
				"Directorate Data Officer",
			],
		],
	],
};
const LABELS = () => ({
	approve: __("Approve"),
	reject: __("Reject"),
	deliver: __("Delivered"),
	receive: __("Confirm the Receipt"),
});

frappe.ui.form.on("Device Request", {
	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.status !== "Requested") frm.disable_form();
		(STEPS[frm.doc.status] || [])
			.filter(([, roles]) => roles.some((role) => frappe.user_roles.includes(role)))
			.forEach(([step]) => frm.add_custom_button(LABELS()[step], () => ask(frm, step)));
	},
});

function ask(frm, step) {
	const most = step === "approve" ? frm.doc.quantity : frm.doc.approved_quantity;
	const fields = {
		approve: [
			{ fieldname: "number", fieldtype: "Int", label: __("Number Approved"), default: most, reqd: 1 },
		],
		receive: [
			{ fieldname: "number", fieldtype: "Int", label: __("Number Received"), default: most, reqd: 1 },
		],
		reject: [{ fieldname: "reason", fieldtype: "Small Text", label: __("Why It Was Rejected"), reqd: 1 }],
	}[step];
	const take = async (values) => {
		await frappe.xcall("social_care.api.readiness.take_step", { name: frm.doc.name, step, ...values });
		await frm.reload_doc();
	};
	fields ? frappe.prompt(fields, take, LABELS()[step]) : take({});
}
