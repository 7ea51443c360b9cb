const KINDS = ["New", "Same Child", "Possible Match", "Rejected"];
const safe = (text) => frappe.utils.escape_html(String(text ?? ""));
const call = (method, values) => frappe.xcall(`social_care.api.legacy.${method}`, values);

frappe.ui.form.on("Legacy Import", {
	async refresh(frm) {
		frm.disable_form(); // changed by its buttons only
		follow(frm);
		const told = await call("state", { legacy_import: frm.doc.name });
		explain(frm, told);
		add_steps(frm, told);
		new Rows(frm, told).show();
	},
});

function follow(frm) {
	if (frm.legacy_following) return;
	frm.legacy_following = true;
	frappe.realtime.on("legacy_import", ({ name }) => {
		const [kind, doctype, shown] = frappe.get_route();
		if (kind === "Form" && doctype === frm.doctype && shown === name) frm.reload_doc();
	});
}

function explain(frm, { unknown }) {
	const { status, progress } = frm.doc;
	frm.set_intro("");
	const left = unknown.length ? __("Columns that are left out: {0}", [unknown.map(safe).join("، ")]) : "";
	const told = {
		"Waiting for the Mapping": [
			__("See whether each column means the right field, then begin the dry run. Nothing is entered by it."),
			"blue",
		],
		Checked: [
			__("No file was changed. Decide the open rows, then apply those that are to be taken."),
			"orange",
		],
		Applied: [
			__("What was to be taken is entered; rows that still wait can be decided and applied."),
			"green",
		],
	}[status];
	told && frm.set_intro([told[0], left].filter(Boolean).join("<br>"), told[1]);
	frm.dashboard.hide_progress();
	if (["Checking", "Applying"].includes(status)) frm.dashboard.show_progress(__(status), progress);
}

function add_steps(frm, { decides, open }) {
	const step = (method) => call(method, { legacy_import: frm.doc.name }).then(() => frm.reload_doc());
	frm.add_custom_button(__("What Its Columns Mean"), () =>
		frappe.set_route("Form", "Legacy Source", frm.doc.source)
	);
	if (open || frm.doc.status === "Waiting for the Mapping")
		frm.add_custom_button(__("Dry Run"), () => step("check")).toggleClass("btn-primary", !open);
	if (!open || !decides) return;
	if (frm.doc.rows_rejected || frm.doc.rows_refused)
		frm.add_custom_button(__("Download Rejected Rows"), () =>
			open_url_post(
				"/api/method/social_care.api.legacy.rejected_rows",
				{ legacy_import: frm.doc.name },
				false
			)
		);
	frm
		.add_custom_button(__("Apply"), () =>
			frappe.confirm(
				__("New children become drafts of their institutions, and known files get what they lack. Go on?"),
				() => step("apply")
			)
		)
		.addClass("btn-primary");
}

class Rows {
	constructor(frm, told) {
		Object.assign(this, { frm, told, kind: "", start: 0 });
		this.box = frm.get_field("rows_html").$wrapper.empty();
	}

	async show() {
		if (!this.frm.doc.rows_read) return;
		if (!this.told.decides) return this.box.html(reasons(this.told.reasons));
		const values = { legacy_import: this.frm.doc.name, kind: this.kind, start: this.start };
		const { rows, more } = await call("rows", values);
		this.rows = Object.fromEntries(rows.map((row) => [row.name, row]));
		this.box.html(
			`${this.chooser()}${reasons(this.told.reasons)}${table(rows, this.told.open)}${this.pager(more)}`
		);
		this.listen();
	}

	chooser() {
		const options = ["", ...KINDS].map(
			(kind) =>
				`<option value="${kind}"${kind === this.kind ? " selected" : ""}>${kind ? __(kind) : __("All Rows")}</option>`
		);
		return `<p><select class="form-control social-care-legacy-kind" aria-label="${__("Kind of Row")}">${options.join("")}</select></p>`;
	}

	pager(more) {
		const button = (step, text) =>
			`<button class="btn btn-default btn-sm" data-page="${step}">${text}</button> `;
		return `<p>${this.start ? button(-1, __("Previous")) : ""}${more ? button(1, __("Next")) : ""}</p>`;
	}

	listen() {
		this.box.find(".social-care-legacy-kind").on("change", (event) => {
			Object.assign(this, { kind: event.target.value, start: 0 });
			this.show();
		});
		this.box.find("[data-page]").on("click", (event) => {
			this.start = Math.max(0, this.start + 50 * event.currentTarget.dataset.page);
			this.show();
		});
		this.box.find("[data-act]").on("click", (event) => {
			const { act, row } = event.currentTarget.dataset;
			this[act](this.rows[row]);
		});
	}

	async send(method, row, values) {
		await call(method, { legacy_import: this.frm.doc.name, row: row.name, ...values });
		this.show();
	}

	take(row) {
		this.send("decide", row, { decision: "Take" });
	}

	leave(row) {
		this.send("decide", row, { decision: "Leave Out" });
	}

	// Whose row it is: one of the files that it may be, or another child's, with the reason.
	whose(row) {
		const another = "another";
		const name = (file) =>
			[file.name, file.full_name, frappe.datetime.str_to_user(file.birth_date), file.institution_name].join(
				" – "
			);
		const dialog = new frappe.ui.Dialog({
			title: __("Whose Row Is This?"),
			fields: [
				{
					fieldname: "child",
					fieldtype: "Select",
					label: __("File"),
					reqd: 1,
					options: [
						...row.candidates.map((file) => ({ value: file.name, label: name(file) })),
						{ value: another, label: __("Another child, who has no file yet") },
					],
				},
				{
					fieldname: "reason",
					fieldtype: "Small Text",
					label: __("Why This Is Another Child"),
					depends_on: `eval:doc.child=='${another}'`,
					mandatory_depends_on: `eval:doc.child=='${another}'`,
				},
			],
			primary_action_label: __("Decide"),
			primary_action: async ({ child, reason }) => {
				dialog.hide();
				if (child === another) await this.send("as_another", row, { reason });
				else await this.send("choose", row, { child });
			},
		});
		dialog.show();
	}

	// Which differences count.
	differences(row) {
		const dialog = new frappe.ui.Dialog({
			title: __("Differences"),
			fields: row.cells.map((cell) => ({
				fieldname: cell.field,
				fieldtype: "Check",
				default: cell.take ? 1 : 0,
				read_only: cell.locked || cell.problem ? 1 : 0,
				label: `${cell.label}: ${cell.old || "—"} ← ${cell.new}`,
				description: cell.problem || (cell.locked ? __("Protected; ask for a change in the file.") : ""),
			})),
			primary_action_label: __("Take What Is Marked"),
			primary_action: (values) => {
				dialog.hide();
				const fields = Object.keys(values).filter((field) => values[field]);
				this.send("take_cells", row, { fields: JSON.stringify(fields) });
			},
		});
		dialog.show();
	}
}

const reasons = (rows) =>
	rows.length
		? `<p class="text-muted">${__("Rejected rows by field:")} ${rows
				.map((row) => `${safe(row.label)} (${format_number(row.rows, null, 0)})`)
				.join("، ")}</p>`
		: "";

function table(rows, open) {
	if (!rows.length) return `<p class="text-muted">${__("No rows of this kind.")}</p>`;
	const heads = ["Row", "Number in the Old Registry", "Full Name", "Institution", "Outcome", "Remark", ""];
	const head = heads.map((text) => `<th scope="col">${text ? __(text) : ""}</th>`).join("");
	const body = rows.map((row) => `<tr>${cells_of(row, open)}</tr>`).join("");
	return `<div class="table-responsive" tabindex="0"><table class="table table-bordered social-care-table"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function cells_of(row, open) {
	const child = row.child
		? `<a href="${frappe.utils.get_form_link("Child", row.child.name)}">${safe(row.child.name)}</a>`
		: "";
	const state = [__(row.kind), __(row.outcome || row.decision || ""), child].filter(Boolean).join("<br>");
	const told = [
		...row.faults.map((fault) => [fault.label, fault.sentence].filter(Boolean).map(safe).join(": ")),
		...row.cells
			.filter((cell) => row.kind === "Same Child")
			.map((cell) => `${safe(cell.label)}: ${safe(cell.old || "—")} ← ${safe(cell.new)}`),
		safe(row.note),
	].filter(Boolean);
	return [row.sheet_row, safe(row.legacy_id), safe(row.who), safe(row.institution), state]
		.concat(told.join("<br>"), open ? buttons(row) : "")
		.map((text) => `<td>${text}</td>`)
		.join("");
}

function buttons(row) {
	if (row.kind === "Rejected" || row.outcome === "Applied") return "";
	const button = (act, text) =>
		`<button class="btn btn-default btn-xs" data-act="${act}" data-row="${row.name}">${text}</button> `;
	const found = [];
	if (row.candidates.length) found.push(button("whose", __("Whose Row Is This?")));
	if (row.kind === "Same Child" && row.cells.length) found.push(button("differences", __("Differences")));
	if (row.kind !== "Possible Match" && row.decision !== "Take") found.push(button("take", __("Take")));
	if (row.decision !== "Leave Out") found.push(button("leave", __("Leave Out")));
	return found.join("");
}
