/** A visit as the inspector sees it: what the server has, and over it what was written here. */
import { typed } from "./edits.js";
import * as queue from "./queue.js";
import * as vault from "./vault.js";

export class Visit {
	constructor(state, tool, rows) {
		Object.assign(this, { state, rows, indicators: tool?.indicators ?? [], written: {} });
	}

	static async load(name) {
		const state = await vault.read("visits", name);
		if (!state) return null;
		const tool = state.tool ? await vault.read("tools", state.tool) : null;
		return new Visit(state, tool, await queue.list(name));
	}

	get name() {
		return this.state.name;
	}

	of(kind) {
		return this.rows.filter((row) => row.kind === kind);
	}

	get isBegun() {
		return this.state.status !== "Planned" || this.of("begin").length > 0;
	}

	/** Ended here: nothing more is written, unless the end is taken back. */
	get isEnded() {
		const isOpen = ["Planned", "Begun"].includes(this.state.status);
		return !isOpen || this.of("complete").some(queue.isWaiting);
	}

	get troubles() {
		return this.rows.filter((row) => !queue.isWaiting(row));
	}

	/** What was written on this screen counts as known: it may have arrived before the next is written over it. */
	wrote(target, seen) {
		this.written[target] = seen;
	}

	/** What the server had of a target when it was last seen here: a field, or `code:score`, `code:remark`. */
	base(target) {
		if (target in this.written) return this.written[target];
		const [code, part] = target.split(":");
		return (part ? this.state.answers[code]?.[part] : this.state.fields[target]) ?? "";
	}

	value(target) {
		const held = typed(this.name, target);
		if (held !== undefined) return held;
		const row = this.rows.findLast((other) => other.kind === "edit" && other.target === target);
		return row ? row.said.value : this.base(target);
	}

	isAnswered(code) {
		const score = this.value(`${code}:score`);
		return score === "na" ? Boolean(this.value(`${code}:remark`)) : score !== "";
	}

	get answered() {
		return this.indicators.filter(({ code }) => this.isAnswered(code)).length;
	}

	/** [{code, name, rows}] in the order of the tool. */
	get areas() {
		const found = new Map();
		for (const row of this.indicators) {
			if (!found.has(row.area)) found.set(row.area, { code: row.area, name: row.area_name, rows: [] });
			found.get(row.area).rows.push(row);
		}
		return [...found.values()];
	}

	/** Photographs taken here that have not arrived, and those that have. */
	get photographs() {
		return this.state.photographs + this.of("photograph").length;
	}

	/** What is missing until the visit can end: [{code?, area?, text key}]. */
	get missing() {
		const indicators = this.indicators.filter(({ code }) => !this.isAnswered(code));
		const found = indicators.map((row) => ({ area: row.area, code: row.code, name: row.name }));
		const need = (target) => !this.value(target) && found.push({ target });
		need("findings");
		need("inspector_signature");
		need("representative_name");
		need(this.value("refused_to_sign") ? "refusal_reason" : "representative_signature");
		return found;
	}
}
