// The form of an uploaded roll: every difference is shown before anything is written.
frappe.provide("social_care.roll");

const safe = (text) => frappe.utils.escape_html(text == null ? "" : String(text));
const UNDER_WAY = ["Uploaded", "Checking", "Confirmed", "Applying"];
const EVERY = 1500; // milliseconds between two looks at a job

social_care.roll.show = function (frm) {
	frm.disable_save();
	frm.page.clear_primary_action();
	if (frm.is_new()) return;
	new DifferenceScreen(frm).refresh();
};

class DifferenceScreen {
	constructor(frm) {
		this.frm = frm;
		this.name = frm.doc.name;
		this.kind = "";
		this.rows = [];
		this.$box = frm.get_field("difference_html").$wrapper.addClass("social-care-roll");
	}

	get is_shown() {
		return cur_frm === this.frm && this.frm.doc.name === this.name;
	}

	async refresh() {
		this.state = await frappe.xcall("social_care.api.roll.state", { upload: this.name });
		if (!this.is_shown) return;
		this.show_state();
		if (UNDER_WAY.includes(this.state.status)) {
			this.was_under_way = true;
			setTimeout(() => this.is_shown && this.refresh(), EVERY);
		} else if (this.was_under_way) {
			this.frm.reload_doc();
		} else {
			this.show_buttons();
			await this.load(0);
		}
	}

	show_state() {
		const { status, progress, failure, notices } = this.state;
		const busy = UNDER_WAY.includes(status);
		const bar = `<div class="progress" role="progressbar" aria-valuenow="${progress}" aria-valuemin="0" aria-valuemax="100">
			<div class="progress-bar" style="width: ${Number(progress) || 0}%"></div></div>`;
		const lines = (notices || "").split("\n").filter(Boolean);
		this.$box.html(`
			<p class="social-care-roll-state" aria-live="polite"><b>${__(status)}</b></p>
			${busy ? bar : ""}
			${failure ? `<div class="alert alert-danger">${safe(failure)}</div>` : ""}
			${lines.map((line) => `<div class="alert alert-warning">${safe(line)}</div>`).join("")}
			${busy ? "" : this.filters()}
			<div class="social-care-roll-rows"></div>
			<div class="social-care-roll-more"></div>`);
		this.$box.find("[data-kind]").on("click", (event) => {
			this.kind = event.currentTarget.dataset.kind;
			this.show_state();
			this.load(0);
		});
	}

	filters() {
		const state = this.state;
		const counts = [
			["", "All", state.rows_total - state.rows_unchanged],
			["Changed", "Changed Files", state.rows_changed],
			["New", "New Files", state.rows_new],
			["problems", "With Errors", state.problems],
			["Waiting for Review", "Rows Waiting for Review", state.rows_waiting],
			["Not Possible", "Rows That Cannot Be Applied", state.rows_not_possible],
		];
		const pills = counts.map(
			([kind, label, number]) =>
				`<button type="button" class="btn btn-sm ${kind === this.kind ? "btn-primary" : "btn-default"}"
					data-kind="${kind}" aria-pressed="${kind === this.kind}">${__(label)}: ${format_count(number)}</button>`
		);
		const unchanged = `${__("Rows without a Change")}: ${format_count(state.rows_unchanged)}`;
		const outcome =
			state.status === "Applied"
				? ` · ${__("Rows Applied")}: ${format_count(state.rows_applied)} · ${__(
						"Rows Refused while Applying"
					)}: ${format_count(state.rows_refused)}`
				: "";
		return `<div class="social-care-roll-filters">${pills.join("")}</div>
			<p class="text-muted">${unchanged}${outcome}</p>`;
	}

	show_buttons() {
		const { status, own, accepted, contents } = this.state;
		if (own && status === "Checked" && accepted)
			this.frm.page.set_primary_action(__("Apply What Is Accepted"), () => this.confirm());
		if (own && contents === "Roll" && ["Checked", "Applied"].includes(status))
			this.frm.add_custom_button(__("Download the Remarks"), () =>
				open_url_post("/api/method/social_care.api.roll.result_workbook", { upload: this.name }, false)
			);
	}

	async load(start) {
		const args = { upload: this.name, start, kind: this.kind };
		const page = await frappe.xcall("social_care.api.roll.difference", args);
		if (!this.is_shown) return;
		this.rows = start ? this.rows.concat(page.rows) : page.rows;
		this.$box
			.find(".social-care-roll-rows")
			.html(
				this.rows.map((row) => this.row(row)).join("") ||
					`<p class="text-muted">${__("There is nothing to show here.")}</p>`
			);
		this.$box
			.find(".social-care-roll-more")
			.html(page.more ? `<button class="btn btn-default">${__("Show More Rows")}</button>` : "")
			.find("button")
			.on("click", () => this.load(this.rows.length));
		this.listen();
	}

	get may_decide() {
		return this.state.own && this.state.status === "Checked";
	}

	row(row) {
		const open = this.may_decide && row.kind !== "Not Possible" && row.kind !== "Waiting for Review";
		const possible = row.kind === "Changed" ? row.cells.some((cell) => !cell.problem) : !row.problems;
		const box = open
			? `<label class="social-care-roll-accept"><input type="checkbox" data-row="${safe(row.name)}"
				${row.accepted ? "checked" : ""} ${possible ? "" : "disabled"}> ${__("Accept")}</label>`
			: `<span class="indicator-pill ${colour(row)}">${__(this.outcome(row))}</span>`;
		const link = row.child
			? `<a href="${frappe.utils.get_form_link("Child", row.child)}">${safe(row.child)}</a>`
			: `<span class="text-muted">${__("New")}</span>`;
		return `<section class="social-care-roll-row" data-name="${safe(row.name)}">
			<header><span class="social-care-roll-number">${__("Row {0}", [format_count(row.sheet_row)])}</span>
				<b>${safe(row.child_name)}</b> ${link} ${box}</header>
			${row.note ? `<p class="social-care-roll-note">${safe(row.note)}</p>` : ""}
			${row.kind === "Waiting for Review" && this.may_decide ? this.candidates(row) : ""}
			${this.cells(row, open)}</section>`;
	}

	outcome(row) {
		return row.outcome || (this.state.status === "Applied" ? "Not Applied" : row.kind);
	}

	candidates(row) {
		const button = (child, label) =>
			`<button type="button" class="btn btn-xs btn-default" data-choose="${safe(row.name)}" data-child="${safe(
				child
			)}">${safe(label)}</button>`;
		const files = row.candidates.map((file) =>
			button(file.name, __("This is {0} ({1})", [file.full_name, file.name]))
		);
		const another = button("", __("Another person: register and let the directorate compare"));
		return `<div class="social-care-roll-choices">${files.join(" ")} ${another}</div>`;
	}

	cells(row, open) {
		if (!row.cells.length) return "";
		const head = ["Field", "Before", "After", "Remark", open ? "Accept" : ""];
		const lines = row.cells.map((cell) => this.cell(row, cell, open));
		return `<table class="table table-bordered social-care-roll-cells"><thead><tr>${head
			.filter(Boolean)
			.map((text) => `<th>${__(text)}</th>`)
			.join("")}</tr></thead><tbody>${lines.join("")}</tbody></table>`;
	}

	cell(row, cell, open) {
		const conflict = __("Somebody else has changed this since the download; choose whose value counts.");
		const remark = cell.problem || (cell.conflict ? conflict : "");
		const sort = cell.problem ? "is-wrong" : cell.conflict ? "is-conflict" : "";
		const label = `${__("Accept")}: ${cell.heading}`;
		const box = cell.problem
			? ""
			: `<input type="checkbox" aria-label="${safe(label)}" data-row="${safe(row.name)}" data-cell="${safe(
					cell.key
				)}" ${cell.take ? "checked" : ""} ${row.kind === "New" ? "disabled" : ""}>`;
		return `<tr class="${sort}"><td data-label="${__("Field")}">${safe(cell.heading)}</td>
			<td data-label="${__("Before")}">${safe(cell.old) || "—"}</td>
			<td data-label="${__("After")}"><b>${safe(cell.new) || "—"}</b></td>
			<td data-label="${__("Remark")}" class="social-care-roll-remark">${safe(remark)}</td>
			${open ? `<td data-label="${__("Accept")}">${box}</td>` : ""}</tr>`;
	}

	listen() {
		const rows = this.$box.find(".social-care-roll-rows").off();
		rows.on("change", "input[data-cell]", ({ currentTarget: box }) =>
			this.decide("decide", {
				row: box.dataset.row,
				cells: JSON.stringify({ [box.dataset.cell]: box.checked ? 1 : 0 }),
			})
		);
		rows.on("change", "input[data-row]:not([data-cell])", ({ currentTarget: box }) =>
			this.decide("decide", { row: box.dataset.row, accepted: box.checked ? 1 : 0 })
		);
		rows.on("click", "[data-choose]", ({ currentTarget: button }) =>
			this.decide("choose", { row: button.dataset.choose, child: button.dataset.child })
		);
	}

	async decide(step, args) {
		const shown = this.rows.length;
		await frappe
			.xcall(`social_care.api.roll.${step}`, { upload: this.name, ...args })
			.finally(() => this.renew(shown));
	}

	async renew(shown) {
		this.state = await frappe.xcall("social_care.api.roll.state", { upload: this.name });
		this.frm.page.clear_primary_action();
		this.frm.clear_custom_buttons();
		this.show_buttons();
		const rows = [];
		for (let start = 0; start < shown; start += 50) {
			const args = { upload: this.name, start, kind: this.kind };
			rows.push(...(await frappe.xcall("social_care.api.roll.difference", args)).rows);
		}
		this.rows = rows;
		this.$box.find(".social-care-roll-rows").html(rows.map((row) => this.row(row)).join(""));
		this.listen();
	}

	confirm() {
		const text = __("{0} rows will be applied to the files. Go on?", [format_count(this.state.accepted)]);
		frappe.confirm(text, async () => {
			await frappe.xcall("social_care.api.roll.confirm", { upload: this.name });
			this.frm.page.clear_primary_action();
			this.frm.clear_custom_buttons();
			this.refresh();
		});
	}
}

const format_count = (number) => format_number(number || 0, null, 0);

function colour(row) {
	if (row.outcome) return row.outcome === "Applied" ? "green" : "red";
	return { New: "blue", Changed: "orange", "Waiting for Review": "yellow" }[row.kind] || "red";
}
