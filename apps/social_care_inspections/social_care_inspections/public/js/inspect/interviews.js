/** Interviews: sealed notes. They go up and never come down again; after they have arrived nothing of them is here. */
import { button, digits, element, field, tell, texts } from "./dom.js";
import * as queue from "./queue.js";

const KINDS = {
	"Interview with a Child": "with_child",
	"Interview with a Worker": "with_worker",
	"Internal Remark": "internal_remark",
};

export function interviews(visit, changed) {
	const waiting = visit.of("note");
	return [
		element("p", { class: "help" }, texts.interviews_sealed),
		visit.isBegun ? form(visit, changed) : null,
		...waiting.map((row) => note(row, changed)),
	];
}

function form(visit, changed) {
	const kind = element("select", { name: "kind" });
	for (const [value, key] of Object.entries(KINDS)) kind.append(element("option", { value }, texts[key]));
	const age = element("input", { inputmode: "numeric", maxlength: 2, autocomplete: "off", name: "age" });
	const child = element("input", { maxlength: 30, autocomplete: "off", dir: "ltr", name: "child" });
	const person = element("input", { maxlength: 140, autocomplete: "off", name: "person" });
	const said = element("textarea", { rows: 6, name: "note" });
	const suspects = element("input", { type: "checkbox", name: "suspects" });
	const ofChild = [field(texts.age, age), field(texts.file_number, child, texts.file_number_help)];
	const ofWorker = field(texts.person_heard, person);
	const choose = () => {
		for (const part of ofChild) part.hidden = kind.value !== "Interview with a Child";
		ofWorker.hidden = kind.value !== "Interview with a Worker";
	};
	kind.addEventListener("change", choose);
	choose();
	const save = async () => {
		if (!said.value.trim()) return tell(texts.note_empty, true);
		const values = {
			note_kind: kind.value,
			noted_on: new Date().toISOString(),
			note: said.value.trim(),
			suspects_violation: suspects.checked ? 1 : 0,
			age: ofChild[0].hidden ? 0 : Number(digits(age.value)) || 0,
			child: ofChild[0].hidden ? "" : digits(child.value).trim(),
			person_heard: ofWorker.hidden ? "" : person.value.trim(),
		};
		await queue.add(visit.name, "note", { note: values });
		tell(texts.note_kept);
		said.value = "";
		return changed();
	};
	return element(
		"div",
		{ class: "box", id: "interview" },
		field(texts.kind_of_note, kind),
		...ofChild,
		ofWorker,
		field(texts.what_was_said, said),
		element("label", { class: "check" }, suspects, texts.suspects),
		button(texts.keep_note, save, { class: "first", id: "keep-note" })
	);
}

function note(row, changed) {
	const { note_kind, note: text } = row.said.note;
	const remove = async () => {
		await queue.drops(row);
		await changed();
	};
	return element(
		"section",
		{ class: "indicator" },
		element("h2", {}, texts[KINDS[note_kind]]),
		element("p", {}, text),
		row.sent ? null : button(texts.remove, remove)
	);
}
