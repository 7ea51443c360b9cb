frappe.ui.form.on("Kafala Assessment", {
	setup(frm) {
		const steps = ["Initial Visit", "Detailed Assessment"];
		frm.set_query("family_file", () => ({ filters: { status: ["in", steps] } }));
	},

	refresh(frm) {
		for (const name of ["answers", "parts"]) {
			const { grid } = frm.get_field(name);
			grid.cannot_add_rows = true;
			grid.cannot_delete_rows = true;
			grid.only_sortable?.();
			grid.refresh();
		}
		frm.toggle_display(["answers_section", "result_section"], !frm.is_new());
		if (!frm.is_new()) limit_answers(frm);
	},
});

/** Each question offers the points and findings that it takes. */
async function limit_answers(frm) {
	await frappe.model.with_doctype("Kafala Family File");
	for (const row of frm.doc.answers || []) {
		const field = row.feeds && frappe.meta.get_docfield("Kafala Family File", row.feeds);
		const findings = field && field.fieldtype === "Select" ? field.options : "";
		const points = Array.from({ length: row.highest_score + 1 }, (_value, index) => index);
		set_options(row, "finding", findings);
		set_options(row, "score", row.highest_score ? ["", ...points].join("\n") : "");
		const amount = frappe.meta.get_docfield(row.doctype, "amount", row.name);
		amount.hidden = row.feeds === "monthly_income" ? 0 : 1;
	}
	frm.get_field("answers").grid.refresh();
}

function set_options(row, name, options) {
	const field = frappe.meta.get_docfield(row.doctype, name, row.name);
	field.options = options;
	field.read_only = options ? 0 : 1;
}
