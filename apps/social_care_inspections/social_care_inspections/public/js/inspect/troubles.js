/** What did not arrive: refused by the rules, or changed by somebody else meanwhile. */
import { button, element, say, texts } from "./dom.js";
import * as queue from "./queue.js";

export function troubles(visit, changed) {
	const rows = visit.troubles;
	if (!rows.length) return [];
	const refused = rows.some((row) => row.state === queue.REFUSED);
	const again = async () => {
		await queue.again(visit.name);
		await changed();
	};
	return [
		element("h2", { class: "wrong" }, say("troubles", rows.length)),
		...rows.map((row) =>
			row.state === queue.CONFLICT ? conflict(visit, row, changed) : refusal(visit, row, changed)
		),
		refused ? button(texts.again_later, again, { id: "again" }) : null,
	];
}

/** How a target is called on the screen. */
function named(visit, row) {
	if (row.kind !== "edit") return texts[`kind_${row.kind}`];
	const [code, part] = row.target.split(":");
	if (!part) return texts[row.target];
	const indicator = visit.indicators.find((other) => other.code === code);
	return `${code} – ${part === "remark" ? texts.remark : texts.score}${indicator ? ` (${indicator.name})` : ""}`;
}

function worded(target, value) {
	if (!value) return texts.empty;
	if (target.endsWith("_signature")) return texts.signed;
	return value === "na" ? texts.not_applicable : value;
}

function conflict(visit, row, changed) {
	const keep = (what) => async () => {
		await what(row);
		await changed();
	};
	const side = (title, value, label, what) =>
		element(
			"div",
			{ class: "side" },
			element("b", {}, title),
			element("p", {}, worded(row.target, value)),
			button(label, keep(what), { class: what === queue.keepMine ? "mine" : "theirs" })
		);
	return element(
		"section",
		{ class: "indicator trouble conflict", "data-target": row.target },
		element("h2", {}, named(visit, row)),
		element("p", {}, texts.two_values),
		side(texts.written_here, row.said.value, texts.keep_here, queue.keepMine),
		side(texts.written_there, row.said.theirs, texts.keep_there, queue.drops)
	);
}

function refusal(visit, row, changed) {
	const remove = async () => {
		if (!confirm(texts.remove_sure)) return;
		await queue.drops(row);
		await changed();
	};
	return element(
		"section",
		{ class: "indicator trouble refused", "data-kind": row.kind },
		element("h2", {}, named(visit, row)),
		element("p", {}, row.said.message || texts.refused),
		button(texts.remove, remove)
	);
}
