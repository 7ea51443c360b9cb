/**
 * What was done and has not arrived yet. Each change has an id of its own, which the server applies once. An edit that was not
 * sent yet is replaced by the next one of the same target; one that was sent stays, and the next is made over its value.
 */
import * as store from "./store.js";
import * as vault from "./vault.js";

const WAITING = "waiting";
export const REFUSED = "refused";
export const CONFLICT = "conflict";
export const isWaiting = (row) => row.state === WAITING;
const alone = (work) => navigator.locks.request("social-care-inspect-write", work);
const identity = () => crypto.randomUUID();

/** Changes of a visit (or of all), opened, in the order of their making. */
export async function list(visit = null, target = null) {
	const all = await store.all("operations");
	const rows = all.filter((row) => (!visit || row.visit === visit) && (!target || row.target === target));
	return Promise.all(rows.map(async (row) => ({ ...row, said: await said(row) })));
}

const said = (row) => vault.open("operations", row.id, row.sealed);

async function save(row, words) {
	const { said: _opened, ...plain } = row;
	await store.put("operations", { ...plain, sealed: await vault.seal("operations", row.id, words) });
	vault.tellOthers("changed");
}

/** Write what lies plain of these rows. One that an edit has replaced meanwhile is another one: it, and what is gone, stays out. */
async function mark(rows, what) {
	const marked = [];
	for (const row of rows) {
		const stored = await store.get("operations", row.seq);
		if (stored?.id !== row.id) continue;
		await store.put("operations", { ...stored, ...what });
		marked.push(row);
	}
	if (marked.length) vault.tellOthers("changed");
	return marked;
}

/** Note one step: begin, note, photograph, complete. */
export const add = (visit, kind, words, id = identity()) =>
	alone(() => save({ id, visit, kind, target: kind, state: WAITING }, words));

/** Note an edit of a field; `base` is what the server had when the visit was last seen, `seen` how it will show this value. */
export function edit(visit, target, value, base, seen = value) {
	return alone(async () => {
		const earlier = (await list(visit, target)).filter((row) => row.kind === "edit");
		const last = earlier.at(-1);
		const row = { id: identity(), visit, kind: "edit", target, state: WAITING };
		if (!last) return seen === base ? null : save(row, { value, seen, base });
		if (last.said.value === value && last.state === WAITING) return null;
		if (last.sent) return save(row, { value, seen, base: last.said.seen });
		if (last.state === CONFLICT) return goOn(last, value, seen);
		const over = last.said.base;
		return over === seen ? drop(last) : save({ ...row, seq: last.seq }, { value, seen, base: over });
	});
}

/** Somebody types on who has not seen yet that another wrote there too: the choice is still his. */
const goOn = (row, value, seen) =>
	seen === row.said.theirs ? drop(row) : save(row, { ...row.said, value, seen });

async function drop(row) {
	await store.remove("operations", row.seq);
	if (row.kind === "photograph") await store.remove("photographs", row.id);
	vault.tellOthers("changed");
}

/** From now on these may have arrived, whether or not an answer comes. Returns those that are still there to be sent. */
export const markSent = (rows) => alone(() => mark(rows, { sent: true }));

/** What the server answered to one change. */
export const settle = (answer) =>
	alone(async () => {
		const rows = await store.all("operations");
		const row = rows.find(({ id }) => id === answer.id);
		if (!row) return;
		if (answer.state === "applied") return drop(row);
		const next = rows.find((other) => other.seq > row.seq && other.kind === "edit" && sameTarget(row, other));
		if (next) {
			// A later edit of the same field takes its place: it was made over a value that never came to be.
			await save(next, { ...(await said(next)), base: (await said(row)).base });
			return drop(row);
		}
		const { message, theirs, state } = answer;
		await save({ ...row, state, sent: false }, { ...(await said(row)), message, theirs });
	});

const sameTarget = (row, other) => row.visit === other.visit && row.target === other.target;

/** Two hands on one field: keep what was written here, over what the other wrote. */
export const keepMine = (row) =>
	alone(() => {
		const { value, seen, theirs } = row.said;
		return save({ ...row, id: identity(), state: WAITING, sent: false }, { value, seen, base: theirs });
	});

export const drops = (row) => alone(() => drop(row));

/** Try again what was refused. */
export const again = (visit) =>
	alone(async () => {
		const rows = (await store.all("operations")).filter((row) => row.visit === visit);
		await mark(
			rows.filter((row) => row.state === REFUSED),
			{ state: WAITING }
		);
	});
