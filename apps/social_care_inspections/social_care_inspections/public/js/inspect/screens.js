/** The list of visits, one visit, and its parts. */
import { button, element, say, show, tell, texts } from "./dom.js";
import * as edits from "./edits.js";
import * as photo from "./photo.js";
import * as queue from "./queue.js";
import * as store from "./store.js";
import { signature } from "./signature.js";
import { Visit } from "./visit.js";
import * as vault from "./vault.js";
import { photographs } from "./photographs.js";
import { interviews } from "./interviews.js";
import { troubles } from "./troubles.js";

let current = null;
let app = {};
let turn = Promise.resolve();

/** @param {{synchronise: Function, leave: Function}} actions what the page does beyond its screens */
export function start(actions) {
	app = actions;
	return open(list);
}

/** Draw again what stands there, unless something is being typed. */
export async function refresh() {
	await inTurn(() => {
		const busy =
			document.activeElement?.matches("input, textarea, select") || document.querySelector("canvas.pad");
		return current && !busy && vault.isOpen() ? drawAgain() : null;
	});
}

/** One screen is drawn after another: what was asked for last is what stands there. */
function inTurn(work) {
	const done = turn.then(work);
	turn = done.catch(() => null);
	return done;
}

const open = (screen, ...rest) => inTurn(() => draw(screen, ...rest));
const redraw = () => inTurn(drawAgain);

async function draw(screen, ...rest) {
	await edits.flush();
	const [name] = rest;
	if (name && !(await store.get("visits", name))) return draw(list); // no longer his
	current = { screen, rest };
	await screen(...rest);
}

async function drawAgain() {
	const y = scrollY;
	await draw(current.screen, ...current.rest);
	scrollTo(0, y);
}

const back = (to, ...rest) => button(texts.back, () => open(to, ...rest), { class: "back" });
const load = (name) => Visit.load(name);

async function list() {
	const visits = await Promise.all((await store.keys("visits")).map(load));
	visits.sort((a, b) => a.state.planned_on.localeCompare(b.state.planned_on));
	const cards = visits.map(card);
	show(
		element("h1", {}, texts.my_visits),
		button(texts.synchronise, app.synchronise, { class: "first", id: "synchronise" }),
		cards.length ? cards : element("p", { class: "note" }, texts.no_visits),
		button(texts.leave, app.leave, { id: "leave" })
	);
}

function card(visit) {
	const { state } = visit;
	const waiting = visit.rows.length
		? element("small", { class: "waiting" }, say("waiting", visit.rows.length))
		: null;
	const inside = [
		element("b", {}, state.institution),
		element("span", {}, `${state.kind} – ${state.planned_on}`),
		element("small", {}, visit.isEnded ? texts.ended : visit.isBegun ? progress(visit) : state.status_label),
		waiting,
	];
	return element(
		"button",
		{ type: "button", class: "card", "data-visit": visit.name, onclick: () => open(overview, visit.name) },
		inside
	);
}

const progress = (visit) => say("progress", visit.answered, visit.indicators.length);

async function overview(name) {
	const visit = await load(name);
	show(back(list), head(visit), troubles(visit, redraw), visit.isBegun ? parts(visit) : beginning(visit));
}

function head(visit) {
	const { state } = visit;
	const facts = [state.kind, state.planned_on, state.order_number, state.team.join("، ")].filter(Boolean);
	return [element("h1", {}, state.institution), element("p", { class: "facts" }, facts.join(" – "))];
}

function beginning(visit) {
	const begin = async () => {
		await queue.add(visit.name, "begin", { visited_on: photo.today() });
		await open(overview, visit.name);
	};
	return button(texts.begin, begin, { class: "first", id: "begin" });
}

function parts(visit) {
	const step = (label, done, go, id) =>
		element(
			"button",
			{ type: "button", class: "step", onclick: go, id },
			element("span", {}, label),
			element("small", {}, done)
		);
	const areas = visit.areas.map(({ code, name, rows }) => {
		const answered = rows.filter((row) => visit.isAnswered(row.code)).length;
		return step(
			`${code} – ${name}`,
			element("bdi", { dir: "ltr" }, `${answered} / ${rows.length}`),
			() => open(area, visit.name, code),
			`area-${code}`
		);
	});
	const missing = visit.missing.length;
	const taken = visit.of("note").length;
	return [
		visit.indicators.length
			? element("progress", {
					max: visit.indicators.length,
					value: visit.answered,
					"aria-label": progress(visit),
				})
			: null,
		visit.indicators.length ? element("p", { class: "facts", id: "progress" }, progress(visit)) : null,
		areas,
		step(
			texts.findings_step,
			visit.value("findings") ? "✓" : "",
			() => open(findings, visit.name),
			"step-findings"
		),
		step(
			texts.photographs,
			String(visit.photographs || ""),
			() => open(pictures, visit.name),
			"step-photographs"
		),
		step(
			texts.interviews,
			taken ? say("waiting", taken) : "",
			() => open(heard, visit.name),
			"step-interviews"
		),
		step(texts.signatures, "", () => open(signing, visit.name), "step-signatures"),
		step(texts.missing, missing ? String(missing) : "✓", () => open(lacks, visit.name), "step-missing"),
		visit.isEnded ? ended(visit) : null,
	];
}

function ended(visit) {
	const row = visit.of("complete").find(queue.isWaiting);
	const text = element("p", { class: "note" }, row ? texts.ends_with_sync : texts.ended);
	const undo = async () => {
		await queue.drops(row);
		await open(overview, visit.name);
	};
	return [text, row && !row.sent ? button(texts.take_back, undo, { id: "take-back" }) : null];
}

async function area(name, code) {
	const visit = await load(name);
	const { areas } = visit;
	const at = areas.findIndex((other) => other.code === code);
	const next = areas[at + 1];
	const { name: title, rows } = areas[at];
	show(
		back(overview, name),
		element("h1", {}, `${code} – ${title}`),
		element("p", { class: "facts", id: "progress", role: "status" }, progress(visit)),
		rows.map((row) => indicator(visit, row)),
		next
			? button(say("next_area", next.name), () => open(area, name, next.code), { class: "first" })
			: button(texts.to_overview, () => open(overview, name), { class: "first" })
	);
}

function indicator(visit, row) {
	const box = element("section", { class: "indicator", id: `i-${row.code}` });
	const changed = async () => {
		const now = await load(visit.name);
		if (!now) return;
		visit.rows = now.rows; // not its state: what a colleague wrote meanwhile does not stand on this screen
		box.classList.toggle("done", visit.isAnswered(row.code));
		if (box.isConnected) document.getElementById("progress").textContent = progress(visit);
	};
	box.classList.toggle("done", visit.isAnswered(row.code));
	box.append(
		element("h2", {}, `${row.code} `, row.critical ? element("em", {}, texts.critical) : null),
		element("p", {}, row.name),
		row.evidence ? element("details", {}, element("summary", {}, texts.evidence_to_see), row.evidence) : "",
		edits.scores(visit, row, changed),
		edits.textField(visit, `${row.code}:remark`, texts.remark, { long: true, rows: 2 })
	);
	return box;
}

async function findings(name) {
	const visit = await load(name);
	show(
		back(overview, name),
		element("h1", {}, texts.findings_step),
		edits.numberField(visit, "children_present", texts.children_present),
		edits.numberField(visit, "staff_present", texts.staff_present),
		edits.textField(visit, "findings", texts.findings, { long: true, rows: 6 }),
		edits.textField(visit, "recommendations", texts.recommendations, { long: true, rows: 5 })
	);
}

async function pictures(name) {
	const visit = await load(name);
	show(back(overview, name), element("h1", {}, texts.photographs), await photographs(visit, redraw));
}

async function heard(name) {
	const visit = await load(name);
	show(back(overview, name), element("h1", {}, texts.interviews), interviews(visit, redraw));
}

async function signing(name) {
	const visit = await load(name);
	const refused = Boolean(visit.value("refused_to_sign"));
	const refuse = async (event) => {
		await edits.set(visit, "refused_to_sign", event.target.checked ? "1" : "");
		await open(signing, name);
	};
	const box = element("input", {
		type: "checkbox",
		id: "refused",
		onchange: refuse,
		disabled: visit.isEnded,
	});
	box.checked = refused;
	show(
		back(overview, name),
		element("h1", {}, texts.signatures),
		signature(visit, "inspector_signature", redraw),
		element("h2", {}, texts.representative),
		edits.textField(visit, "representative_name", texts.representative_name),
		edits.textField(visit, "representative_job", texts.representative_job),
		element("label", { class: "check" }, box, texts.refused_to_sign),
		refused
			? edits.textField(visit, "refusal_reason", texts.refusal_reason, { long: true })
			: signature(visit, "representative_signature", redraw)
	);
}

const TARGETS = {
	findings: "findings_step",
	inspector_signature: "inspector_signature",
	representative_name: "representative_name",
	representative_signature: "representative_signature",
	refusal_reason: "refusal_reason",
};

async function lacks(name) {
	const visit = await load(name);
	const { missing } = visit;
	const go = (row) => async () => {
		if (!row.code) return open(row.target === "findings" ? findings : signing, name);
		await open(area, name, row.area);
		document.getElementById(`i-${row.code}`).scrollIntoView();
	};
	const rows = missing.map((row) =>
		button(row.code ? `${row.code} – ${row.name}` : texts[TARGETS[row.target]], go(row), { class: "step" })
	);
	const end = async () => {
		if (edits.isHeld()) return tell(texts.not_kept, true); // the end would go before what is still in memory
		for (const row of visit.of("complete")) await queue.drops(row);
		await queue.add(name, "complete", {});
		await open(overview, name);
	};
	show(
		back(overview, name),
		element("h1", {}, texts.missing),
		missing.length
			? element("p", {}, say("still_missing", missing.length))
			: element("p", { class: "note" }, texts.nothing_missing),
		rows,
		missing.length || visit.isEnded ? null : button(texts.end, end, { class: "first", id: "end" })
	);
}
