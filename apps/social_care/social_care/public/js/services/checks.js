// What the builder says of a version: faults, samples, plan, preview, differences.
frappe.provide("social_care.builder");

(() => {
	const CALLS = "social_care.api.services_builder";
	const safe = (text) => frappe.utils.escape_html(text == null ? "" : String(text));
	const ask = (method, args) => frappe.xcall(`${CALLS}.${method}`, args);

	function dialog(title, html) {
		const box = new frappe.ui.Dialog({ title, size: "extra-large" });
		box.$body.addClass("social-care-builder-dialog").html(html);
		box.show();
		return box;
	}

	// Faults stand above the tabs; each leads to its row.
	social_care.builder.show_faults = function (frm, faults) {
		frm.$wrapper.find(".social-care-faults").remove();
		if (!faults.length) return;
		const items = faults
			.map(
				(fault, i) =>
					`<li><a class="social-care-fault" role="button" tabindex="0" data-fault="${i}">${safe(fault.where)}</a> ${safe(fault.sentence)}</li>`
			)
			.join("");
		const box = $(`<div class="social-care-faults" role="alert">
			<strong>${__("What stands in the way of publishing: {0}", [faults.length])}</strong><ul>${items}</ul></div>`);
		box.insertBefore(frm.layout.wrapper.find(".form-tabs-list").first());
		box.on("click keydown", "[data-fault]", (event) => {
			if (event.type === "keydown" && event.key !== "Enter") return;
			go_to(frm, faults[Number($(event.currentTarget).attr("data-fault"))]);
		});
	};

	const go_to = function (frm, { table, row, column }) {
		frm.scroll_to_field(table || column, !table);
		if (!table || !row) return;
		const { grid } = frm.get_field(table);
		grid.grid_pagination.go_to_page(Math.ceil(row / grid.grid_pagination.page_length));
		const line = grid.grid_rows[row - 1];
		if (!line) return;
		line.toggle_view(true, () => {
			const field = line.grid_form && line.grid_form.fields_dict[column];
			if (field) setTimeout(() => field.set_focus && field.set_focus(), 200);
		});
	};

	social_care.builder.check = async function (frm, aloud) {
		const faults = await ask("check", { pack: frm.doc.name });
		if (frm.doc.__unsaved && !aloud) return;
		social_care.builder.show_faults(frm, faults);
		if (aloud && !faults.length) {
			frappe.show_alert({ message: __("Nothing stands in the way of publishing."), indicator: "green" });
		} else if (aloud) {
			frappe.utils.scroll_to(0);
		}
	};

	// Whether an answer is faults instead of what was asked for; they are shown then.
	const faulty = function (frm, answer) {
		if (!answer.faults || !answer.faults.length) return false;
		social_care.builder.show_faults(frm, answer.faults);
		frappe.msgprint({
			title: __("Service Pack"),
			message: __("First put right what stands above the form."),
			indicator: "orange",
		});
		return true;
	};
	social_care.builder.faulty = faulty;

	social_care.builder.samples = async function (frm) {
		const answer = await ask("run_samples", { pack: frm.doc.name });
		if (faulty(frm, answer)) return;
		const line = ({ what, expected, got, right }) =>
			`<tr class="${right ? "" : "is-wrong"}"><th>${safe(what)}</th><td>${safe(expected)}</td><td>${safe(got)}</td></tr>`;
		const part = ({ title, passes, lines }) => `<h5><span class="indicator-pill ${passes ? "green" : "red"}">
			${passes ? __("As expected") : __("Not as expected")}</span> ${safe(title)}</h5>
			<table class="table table-sm"><thead><tr><th></th><th>${__("Expected")}</th><th>${__("Result")}</th></tr></thead>
			<tbody>${lines.map(line).join("")}</tbody></table>`;
		dialog(__("Samples"), answer.samples.map(part).join(""));
	};

	const COLOURS = { "+": "green", "~": "orange", "-": "red" };
	const sign = (kind) =>
		`<span class="indicator-pill no-indicator-dot ${COLOURS[kind]}" dir="ltr">${kind}</span>`;

	// Names in Latin letters are those of records, not texts.
	const named = (name) => (/^[ -~]+$/.test(name) ? `<code dir="ltr">${safe(name)}</code>` : safe(name));

	social_care.builder.plan = async function (frm) {
		const answer = await ask("plan", { pack: frm.doc.name });
		if (faulty(frm, answer)) return;
		const groups = {};
		for (const step of answer.steps) (groups[step.kind] = groups[step.kind] || []).push(step);
		const item = (step) =>
			`<li>${sign(step.sign)} ${named(step.name)} <span class="text-muted">${safe(step.details)}</span></li>`;
		const part = ([kind, steps]) =>
			`<details ${steps.length < 8 ? "open" : ""}><summary>${safe(kind)} (${steps.length})</summary>
			<ul>${steps.map(item).join("")}</ul></details>`;
		const legend = `<p class="text-muted">${sign("+")} ${__("is made")} ${sign("~")} ${__("is changed")} ${sign("-")} ${__("is removed")}</p>`;
		const nothing = `<p>${__("Publishing would change nothing.")}</p>`;
		dialog(__("Plan"), answer.steps.length ? legend + Object.entries(groups).map(part).join("") : nothing);
	};

	social_care.builder.preview = async function (frm) {
		const answer = await ask("show", { pack: frm.doc.name });
		if (faulty(frm, answer)) return;
		const box = dialog(
			__("Preview of the Form"),
			`<div class="btn-group" role="group">
				<button type="button" class="btn btn-default" data-side="desk">${__("As Staff See It")}</button>
				<button type="button" class="btn btn-default" data-side="citizen">${__("As the Citizen Sees It")}</button></div>
			<h4>${safe(answer.title)}</h4><p class="text-muted">${safe(answer.introduction)}</p>
			<div class="social-care-preview"></div><h5>${__("Documents")}</h5><ul>${answer.documents.map(paper).join("")}</ul>`
		);
		box.$body.find('[data-side="citizen"]').toggle(Boolean(answer.citizen));
		const draw = (side) => {
			const body = box.$body.find(".social-care-preview").empty();
			box.$body.find("[data-side]").each((_i, button) => {
				$(button).toggleClass("btn-primary", button.dataset.side === side);
			});
			new frappe.ui.FieldGroup({
				fields: answer[side].map((df) => ({ ...df })),
				body,
				no_submit_on_enter: true,
			}).make();
		};
		box.$body.on("click", "[data-side]", (event) => draw(event.currentTarget.dataset.side));
		draw("desk");
	};

	const paper = ({ title, condition, required }) => {
		const when = condition
			? `<span class="text-muted">${__("Required When")}: <code dir="ltr">${safe(condition)}</code></span>`
			: `<span class="text-muted">${required ? __("Required") : __("Optional")}</span>`;
		return `<li>${safe(title)} ${when}</li>`;
	};

	social_care.builder.compare = function (frm) {
		const others = { service: frm.doc.service, name: ["!=", frm.doc.name] };
		const field = {
			fieldname: "other",
			fieldtype: "Link",
			options: "Service Pack",
			label: __("Version"),
			reqd: 1,
			get_query: () => ({ filters: others }),
		};
		frappe.prompt(
			field,
			async ({ other }) => {
				const found = await ask("compare", { pack: frm.doc.name, other });
				const line = ({ kind, where, text }) =>
					`<li>${sign(kind)} <strong>${safe(where)}</strong> ${safe(text)}</li>`;
				const none = `<p>${__("The two versions are the same.")}</p>`;
				const list = `<ul class="list-unstyled">${found.map(line).join("")}</ul>`;
				dialog(__("Differences"), found.length ? list : none);
			},
			__("Compare"),
			__("Compare")
		);
	};
})();
