frappe.ui.form.on("Census Campaign", {
	refresh(frm) {
		if (frm.is_new()) return;
		const { status } = frm.doc;
		const is_headquarters = frappe.user_roles.includes("Central Administration Head");
		frm.add_custom_button(__("Expected and Entered"), () =>
			frappe.set_route("query-report", "Census Expected and Entered", { campaign: frm.doc.name })
		);
		if (status === "Counted" && (is_headquarters || frappe.user_roles.includes("Directorate Director")))
			frm.add_custom_button(__("Sign All That Wait for Me"), () => sign_all(frm));
		if (status === "Counted" && is_headquarters)
			frm.add_custom_button(__("Freeze the Result"), () => freeze(frm));
		if (status === "Frozen") frm.add_custom_button(__("Verify the Checksum"), () => verify(frm));
	},
});

const call = (frm, name) => frappe.xcall(`social_care.api.census.${name}`, { campaign: frm.doc.name });

async function sign_all(frm) {
	const number = await call(frm, "sign_all");
	frappe.show_alert({ message: __("Returns signed: {0}", [number]), indicator: "green" });
}

function freeze(frm) {
	const missing = frm.doc.__onload?.not_signed || [];
	const done = async (reason) => {
		await frappe.xcall("social_care.api.census.freeze", { campaign: frm.doc.name, reason });
		await frm.reload_doc();
	};
	const warning = __("Nothing of the census changes after it is frozen. Freeze it?");
	if (!missing.length) return frappe.confirm(warning, () => done(""));
	const list = missing.map((title) => `<li>${frappe.utils.escape_html(title)}</li>`).join("");
	frappe.prompt(
		[
			{
				fieldname: "missing",
				fieldtype: "HTML",
				options: `<p>${__("Returns that are not signed by all levels: {0}.", [missing.length])}</p><ul>${list}</ul><p>${warning}</p>`,
			},
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Why It Was Frozen without Them"),
				reqd: 1,
			},
		],
		({ reason }) => done(reason),
		__("Freeze the Result")
	);
}

async function verify(frm) {
	const { is_whole, institutions } = await call(frm, "verify");
	frappe.msgprint({
		title: __("Checksum of the Result"),
		indicator: is_whole ? "green" : "red",
		message: is_whole
			? __("The result is as it was frozen.")
			: __("The result was changed after it was frozen. Institutions concerned: {0}", [
					institutions.map(frappe.utils.escape_html).join("، ") || "—",
				]),
	});
}
