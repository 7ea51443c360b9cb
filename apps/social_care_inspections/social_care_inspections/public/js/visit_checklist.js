// The checklist of a visit as a panel: areas that fold, one line an indicator, in place of a table that is wider than a telephone.
// What is pressed goes into the rows of the table, which is only hidden; rules stand on the server.
frappe.ui.form.on("Institution Visit", {
	refresh(frm) {
		const field = frm.get_field("answers");
		const grid = field.$wrapper.find(".form-grid-container, .grid-custom-buttons, .grid-footer");
		const rows = frm.doc.answers || [];
		field.$wrapper.find(".visit-checklist").remove();
		grid.toggle(!rows.length);
		if (!rows.length) return;
		frappe.dom.set_style(CHECKLIST_STYLE, "visit-checklist-style");
		field.$wrapper.append(new VisitChecklist(frm, rows).panel);
	},
});

const CHECKLIST_STYLE = `
.visit-checklist progress { width: 100%; height: 10px; }
.visit-checklist .vc-head { display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: center; margin-bottom: 8px; }
.visit-checklist .vc-head label { margin: 0; display: flex; gap: 8px; align-items: center; min-height: 44px; }
.visit-checklist details { border: 1px solid var(--border-color); border-radius: 8px; margin-bottom: 8px; }
.visit-checklist summary { display: flex; justify-content: space-between; gap: 12px; padding: 12px; font-weight: 600; cursor: pointer; }
.visit-checklist .vc-row { display: grid; grid-template-columns: 4.5em minmax(0, 1fr) auto minmax(0, 14em); gap: 4px 12px;
	align-items: center; padding: 8px 12px; border-top: 1px solid var(--border-color); }
.visit-checklist .vc-row.vc-open { border-inline-start: 4px solid var(--orange-600, #b45309); }
.visit-checklist .vc-critical { display: block; font-size: 11px; color: var(--red-700, #9f1f14); }
.visit-checklist .vc-scores { display: flex; gap: 4px; }
.visit-checklist .vc-scores button { min-width: 40px; min-height: 36px; border: 1px solid var(--gray-600, #6b7280); border-radius: 6px;
	background: var(--fg-color); color: var(--text-color); }
.visit-checklist .vc-scores button[aria-pressed="true"] { background: var(--primary); color: var(--neutral, #fff); font-weight: 600; }
.visit-checklist .vc-row textarea { width: 100%; height: 38px; min-height: 38px; resize: vertical; }
@media (max-width: 767px) {
	.visit-checklist .vc-row { grid-template-columns: 4.5em minmax(0, 1fr); }
	.visit-checklist .vc-scores, .visit-checklist .vc-row textarea { grid-column: 1 / -1; }
	.visit-checklist .vc-scores button { flex: 1; min-height: 48px; }
}`;

class VisitChecklist {
	constructor(frm, rows) {
		this.frm = frm;
		this.rows = rows;
		this.writes = frm.get_field("answers").disp_status === "Write" && frm.doc.status === "Begun";
		frm.visit_checklist ||= { open: new Set(), missing_first: false };
		this.kept = frm.visit_checklist;
		this.panel = $(`<div class="visit-checklist">`);
		this.draw();
	}

	draw() {
		this.panel.empty().append(this.head(), ...this.areas().map((area) => this.area(area)));
		this.count();
	}

	head() {
		const head = $(
			`<div class="vc-head" role="status"><span class="vc-count"></span><progress></progress></div>`
		);
		const { growth } = this.frm.doc.__onload || {};
		if (growth) $(`<span class="vc-growth">`).text(growth).appendTo(head);
		if (!this.writes) return head;
		const box = $(`<label><input type="checkbox"><span></span></label>`);
		box.find("span").text(__("Missing First"));
		box
			.find("input")
			.prop("checked", this.kept.missing_first)
			.on("change", (event) => {
				this.kept.missing_first = event.target.checked;
				this.draw();
			});
		return head.append(box);
	}

	/** [{code, name, rows}] in the order of the tool; what is missing first where that was asked. */
	areas() {
		const found = new Map();
		for (const row of this.rows) {
			if (!found.has(row.area_code))
				found.set(row.area_code, { code: row.area_code, name: row.area, rows: [] });
			found.get(row.area_code).rows.push(row);
		}
		const areas = [...found.values()];
		if (!this.kept.missing_first) return areas;
		for (const area of areas) area.rows.sort((a, b) => is_answered(a) - is_answered(b));
		return areas.sort((a, b) => a.rows.every(is_answered) - b.rows.every(is_answered));
	}

	area(area) {
		const box = $(`<details><summary><span></span><bdi class="vc-done"></bdi></summary></details>`);
		box.attr("data-area", area.code).prop("open", this.kept.open.has(area.code));
		box.find("summary span").text(`${area.code} – ${area.name}`);
		box.on("toggle", () => {
			this.kept.open[box.prop("open") ? "add" : "delete"](area.code);
			if (box.prop("open") && box.find(".vc-row").length === 0) this.lines(box, area);
		});
		if (box.prop("open")) this.lines(box, area);
		return box;
	}

	lines(box, area) {
		box.append(...area.rows.map((row) => this.line(row)));
	}

	line(row) {
		const line = $(
			`<div class="vc-row"><b></b><div class="vc-text"></div><div class="vc-scores" role="group"></div></div>`
		);
		line.attr("data-code", row.indicator_code).find("b").text(row.indicator_code);
		line
			.find(".vc-text")
			.text(row.indicator)
			.attr("title", row.evidence_to_see || "");
		if (row.is_critical)
			$(`<span class="vc-critical">`).text(__("Critical Standard")).appendTo(line.find("b"));
		const scores = line.find(".vc-scores").attr("aria-label", row.indicator_code);
		for (let score = row.score_min; score <= row.score_max; score++)
			this.choice(scores, row, String(score), String(score));
		this.choice(scores, row, "na", __("Not Applicable"));
		this.remark(row).appendTo(line);
		this.mark(line, row);
		return line;
	}

	choice(scores, row, value, label) {
		const press = () =>
			this.write(
				row,
				value === "na" ? { score: "", not_applicable: 1 } : { score: value, not_applicable: 0 }
			);
		$(`<button type="button">`)
			.text(label)
			.attr("data-value", value)
			.prop("disabled", !this.writes)
			.on("click", press)
			.appendTo(scores);
	}

	remark(row) {
		return $(`<textarea class="form-control" rows="1">`)
			.val(row.remark || "")
			.attr({ "aria-label": `${__("Remarks")} ${row.indicator_code}`, placeholder: __("Remarks") })
			.prop("disabled", !this.writes)
			.on("change", (event) => this.write(row, { remark: event.target.value }));
	}

	async write(row, values) {
		await frappe.model.set_value(row.doctype, row.name, values);
		this.mark(this.panel.find(`[data-code="${CSS.escape(row.indicator_code)}"]`), row);
		this.count();
	}

	mark(line, row) {
		const chosen = row.not_applicable ? "na" : (row.score ?? "");
		line.toggleClass("vc-open", this.writes && !is_answered(row));
		line.find(".vc-scores button").each((_place, node) => {
			$(node).attr("aria-pressed", String(node.dataset.value === chosen));
		});
	}

	count() {
		const done = this.rows.filter(is_answered).length;
		this.panel.find("progress").attr({ max: this.rows.length, value: done, "aria-label": __("Checklist") });
		this.panel.find(".vc-count").text(__("Indicators answered: {0} of {1}", [done, this.rows.length]));
		for (const area of this.areas()) {
			const answered = area.rows.filter(is_answered).length;
			this.panel
				.find(`[data-area="${CSS.escape(area.code)}"] .vc-done`)
				.text(`${answered} / ${area.rows.length}`);
		}
	}
}

/** As `visits/explanation.py` has it: a score, or «not applicable». */
function is_answered(row) {
	return Boolean(row.not_applicable) || !["", null, undefined].includes(row.score);
}
