/** Controls that write into a visit as they are used. */
import { digest } from "./cipher.js";
import { digits, element, field, tell, texts } from "./dom.js";
import * as queue from "./queue.js";
import * as store from "./store.js";
import * as vault from "./vault.js";

const SHORT = new Set(["representative_name", "representative_job"]);
const AGAIN = 5000; // milliseconds until what the device did not take is tried again
const unwritten = new Map(); // by visit and target: what is not on the device yet
const writing = new Map();
let failed = 0; // the timer of the next try, while the device takes nothing

/**
 * Write at once, with every stroke. What comes while the same target is being written becomes one further write.
 * @returns {Promise<boolean>} whether it is on the device; what is not stays in memory, is shown, and is tried again
 */
function write(visit, target, text) {
	const place = `${visit.name} ${target}`;
	unwritten.set(place, { visit, target, text });
	return begin(place);
}

function begin(place) {
	if (!writing.has(place))
		writing.set(
			place,
			writeAll(place)
				.then(kept, notKept)
				.finally(() => writing.delete(place))
		);
	return writing.get(place);
}

async function writeAll(place) {
	for (;;) {
		const last = unwritten.get(place);
		const { visit, target, text } = last;
		visit.wrote(target, await edit(visit.name, target, text, visit.base(target)));
		if (unwritten.get(place) === last) return unwritten.delete(place);
	}
}

/** The device is full, or cannot be written: that is said until it is over, for a page that is closed now would lose it. */
function notKept() {
	if (vault.isOpen()) tell(texts.not_kept, true);
	clearTimeout(failed);
	failed = setTimeout(flush, AGAIN);
	return false;
}

function kept() {
	if (failed && !unwritten.size) {
		clearTimeout(failed);
		failed = 0;
		tell(texts.kept_again);
	}
	return true;
}

/** Whether something that was typed lies in the memory of this page alone, because the device did not take it. */
export const isHeld = () => Boolean(failed && unwritten.size);

/** What was typed into a target and is not on the device yet; undefined where nothing is. */
export const typed = (name, target) => unwritten.get(`${name} ${target}`)?.text;

/** All was erased: nothing of it stays in memory, either. */
export function forget() {
	clearTimeout(failed);
	failed = 0;
	unwritten.clear();
}

async function edit(name, target, text, base) {
	const value = SHORT.has(target) ? digits(text).trim() : text.trim();
	const seen = target.endsWith("_signature") ? await digest(value) : value;
	await queue.edit(name, target, value, base, seen);
	return seen;
}

/** Write what a button says. */
export const set = write;

/** Nothing that was typed stays behind: before another screen, and before a round with the server. What failed is tried again. */
export async function flush() {
	await Promise.all([...unwritten.keys()].map(begin));
}

/** The page goes before its last writes are done: the service worker, which outlives it, seals them instead. */
export function handOver() {
	vault.handOver(
		[...unwritten.values()].map(({ visit, target, text }) => [visit.name, target, text, visit.base(target)])
	);
}

/** Take up what was handed over when this page, or another window, went. */
export async function takeUp() {
	for (const id of await store.keys("lock")) {
		if (!id.startsWith(vault.HANDED_OVER)) continue;
		for (const said of (await vault.read("lock", id)) ?? []) await edit(...said);
		await store.remove("lock", id);
	}
}

export function textField(visit, target, label, attributes = {}) {
	const { long, help, clean, ...rest } = attributes;
	const name = long ? "textarea" : "input";
	const control = element(name, {
		autocomplete: "off",
		"data-target": target,
		...(long ? { rows: 3 } : {}),
		...rest,
	});
	control.value = visit.value(target);
	control.disabled = visit.isEnded;
	control.addEventListener("input", () => {
		if (clean) control.value = clean(control.value);
		write(visit, target, control.value);
	});
	return field(label, control, help);
}

const wholeNumber = (text) => String(Number(digits(text).replace(/\D/g, "")) || "");

export const numberField = (visit, target, label) =>
	textField(visit, target, label, { inputmode: "numeric", maxlength: 5, clean: wholeNumber });

/** The scores of an indicator and «not applicable», as buttons for a thumb. */
export function scores(visit, row, changed) {
	const target = `${row.code}:score`;
	const group = element("div", {
		class: "scores",
		role: "radiogroup",
		"aria-label": `${row.code} ${row.name}`,
	});
	const choices = [];
	for (let score = row.least; score <= row.most; score++) choices.push([String(score), String(score)]);
	choices.push(["na", texts.not_applicable]);
	const mark = (value) => {
		for (const choice of group.children)
			choice.setAttribute("aria-checked", String(choice.dataset.value === value));
	};
	const press = async (value) => {
		mark(value);
		await set(visit, target, value);
		await changed();
	};
	const attributes = { type: "button", role: "radio", disabled: visit.isEnded };
	const options = choices.map(([value, label]) =>
		element("button", { ...attributes, "data-value": value, onclick: () => press(value) }, label)
	);
	group.append(...options);
	mark(visit.value(target));
	return group;
}
