// The roll as a workbook: download, upload, and the screen that shows every difference before anything is written.
frappe.provide("social_care.roll");

const safe = (text) => frappe.utils.escape_html(text == null ? "" : String(text));
const UNDER_WAY = ["Uploaded", "Checking", "Confirmed", "Applying"];
const EVERY = 1500; // milliseconds between two looks at a job

social_care.roll.add_buttons = function (list) {
	if (!frappe.model.can_read("Roll Upload")) return;
	const group = __("Children's Roll");
	list.page.add_inner_button(__("Download the Children's Roll"), social_care.roll.download, group);
	list.page.add_inner_button(__("Upload the Children's Roll"), () => social_care.roll.upload("roll"), group);
	list.page.add_inner_button(__("Upload Photographs"), () => social_care.roll.upload("photographs"), group);
};

function institution_field() {
	return {
		fieldname: "institution",
		fieldtype: "Link",
		options: "Institution",
		label: __("Institution"),
		reqd: 1,
		default: frappe.defaults.get_user_default("institution"),
	};
}

social_care.roll.download = function () {
	const own = frappe.defaults.get_user_default("institution");
	const open = (institution) =>
		open_url_post("/api/method/social_care.api.roll.download", { institution }, false);
	own ? open(own) : frappe.prompt([institution_field()], (values) => open(values.institution));
};

const SORTS = {
	roll: {
		title: "Upload the Children's Roll",
		method: "social_care.api.roll.upload",
		accept: ".xlsx,.csv",
		help: "A roll that was downloaded here, or a workbook of your own with the Arabic names of the fields in its first row. Nothing is changed before you have seen the differences.",
	},
	photographs: {
		title: "Upload Photographs",
		method: "social_care.api.roll.upload_photographs",
		accept: ".zip",
		help: "A compressed folder (zip) of photographs, each named by the child's national number or file code. Nothing is changed before you have seen what was found.",
	},
};

social_care.roll.upload = function (sort) {
	const { title, accept, help } = SORTS[sort];
	const dialog = new frappe.ui.Dialog({
		title: __(title),
		fields: [
			institution_field(),
			{
				fieldname: "file",
				fieldtype: "HTML",
				options: `<p class="text-muted">${__(help)}</p>
					<input type="file" class="form-control social-care-roll-file" accept="${accept}" aria-label="${__("File")}">
					<p class="social-care-roll-error text-danger" role="alert"></p>`,
			},
		],
		primary_action_label: __("Upload"),
		primary_action: (values) => send(dialog, SORTS[sort].method, values.institution),
	});
	dialog.show();
};

async function send(dialog, method, institution) {
	const file = dialog.$wrapper.find(".social-care-roll-file")[0].files[0];
	const tell = (text) => dialog.$wrapper.find(".social-care-roll-error").text(text);
	if (!file) return tell(__("Choose a file first."));
	tell("");
	dialog.disable_primary_action();
	try {
		const kept = await post(method, institution, file);
		dialog.hide();
		frappe.set_route("Form", "Roll Upload", kept.name);
	} catch (error) {
		tell(error.message);
	} finally {
		dialog.enable_primary_action();
	}
}

async function post(method, institution, file) {
	const body = new FormData();
	body.append("institution", institution);
	body.append("file", file, file.name);
	const headers = { "X-Frappe-CSRF-Token": frappe.csrf_token, Accept: "application/json" };
	const answer = await fetch(`/api/method/${method}`, { method: "POST", body, headers }).catch(() => null);
	const told = answer ? await answer.json().catch(() => ({})) : {};
	if (answer && answer.ok) return told.message;
	throw new Error(sentence(told) || __("The file could not be uploaded; please try again."));
}

// What the server says, as plain text.
function sentence(told) {
	const messages = JSON.parse(told._server_messages || "[]").map((text) => JSON.parse(text).message);
	return frappe.utils.html2text ? frappe.utils.html2text(messages.join(" ")) : strip_html(messages.join(" "));
}

// The form of an upload

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

const format_count = (number) => String(number || 0);

function colour(row) {
	if (row.outcome) return row.outcome === "Applied" ? "green" : "red";
	return { New: "blue", Changed: "orange", "Waiting for Review": "yellow" }[row.kind] || "red";
}
