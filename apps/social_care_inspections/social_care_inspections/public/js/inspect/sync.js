/** Sends what waits and takes what is new: in order, one sender a device, and again whenever the line comes back. */
import * as contact from "./contact.js";
import * as queue from "./queue.js";
import * as store from "./store.js";
import * as vault from "./vault.js";

const AT_ONCE = 40;

/**
 * One round with the server. Where somebody `asked` for it, it waits for another that is under way.
 * @returns {Promise<"done"|"offline"|"stranger"|"other"|"busy"|"refused"|"full">} `stranger`: nobody is logged in; `other`: somebody
 *   else is, and all was erased; `full`: the device has no room for what came
 */
export function synchronise(asked) {
	return navigator.locks.request("social-care-inspect-line", { ifAvailable: !asked }, async (lock) => {
		if (!lock) return "busy";
		try {
			const first = await take().catch(orFull);
			if (!["done", "full"].includes(first)) return first;
			let sentAny = false; // what arrives makes room
			for (const visit of await store.keys("visits")) sentAny = (await send(visit)) || sentAny;
			return sentAny ? await take() : first;
		} catch (error) {
			return stateOf(error);
		}
	});
}

function orFull(error) {
	if (store.isFull(error)) return "full";
	throw error;
}

function stateOf(error) {
	if (store.isFull(error)) return "full";
	if (error instanceof contact.NoAnswer) return "offline";
	if (error instanceof contact.Refusal) return error.isStranger ? "stranger" : "refused";
	throw error;
}

/** Bring the visits of the user; what is no longer his leaves the device with all that hangs on it. */
async function take() {
	const answer = await contact.visits();
	const lock = await vault.lock();
	if (!lock || !vault.isOpen()) return "stranger";
	if (lock.holder !== answer.holder) {
		await vault.eraseAll();
		return "other";
	}
	await vault.renew(answer.settings);
	const waiting = new Set((await store.all("operations")).map((row) => row.visit));
	const late = answer.ended.filter((name) => waiting.has(name)); // over, but something of it has not arrived
	const { visits, tools } = answer;
	await replace(
		"visits",
		visits.map((visit) => [visit.name, visit]),
		late
	);
	await replace("tools", Object.entries(tools), late.length ? await store.keys("tools") : []);
	await dropOrphans();
	vault.tellOthers("changed");
	return "done";
}

async function replace(name, entries, kept) {
	for (const [id, value] of entries) await vault.write(name, id, value);
	const still = new Set([...entries.map(([id]) => id), ...kept]);
	for (const id of await store.keys(name)) if (!still.has(id)) await store.remove(name, id);
}

async function dropOrphans() {
	const held = new Set(await store.keys("visits"));
	for (const row of await store.all("operations")) if (!held.has(row.visit)) await queue.drops(row);
}

/** Everything of one visit that waits, in the order of its making. A visit ends only when all else of it has arrived. */
async function send(visit) {
	let sentAny = false;
	for (;;) {
		const all = await queue.list(visit);
		const rows = all.filter(queue.isWaiting);
		const ends = rows[0]?.kind === "complete" && all.length > 1;
		if (!rows.length || ends) return sentAny;
		sentAny = true;
		if (rows[0].kind === "photograph") await sendPhotograph(rows[0]);
		else await sendChanges(visit, rows);
	}
}

async function sendChanges(visit, rows) {
	const apart = ["photograph", "complete"];
	const until = rows.findIndex((row, place) => place && apart.includes(row.kind));
	const batch = await queue.markSent(rows.slice(0, Math.min(until < 0 ? rows.length : until, AT_ONCE)));
	if (!batch.length) return; // each was replaced or taken back meanwhile
	const sent = batch.map(({ id, kind, target, said }) => ({ id, kind, target, ...said, theirs: undefined }));
	await receive(await contact.apply(visit, sent));
}

async function sendPhotograph(row) {
	const sealed = await store.get("photographs", row.id);
	if (!(await queue.markSent([row])).length) return; // taken back meanwhile
	try {
		const picture = await vault.openBytes("photographs", row.id, sealed);
		await receive(await contact.photograph(row.visit, { id: row.id, ...row.said }, picture));
	} catch (error) {
		if (!(error instanceof contact.Refusal) || error.isStranger) throw error;
		await queue.settle({ id: row.id, state: queue.REFUSED, message: error.message });
	}
}

async function receive({ results, visit }) {
	const held = await vault.read("visits", visit.name);
	const keep = () => held && vault.write("visits", visit.name, { ...held, ...visit });
	const state = await Promise.resolve(keep()).catch(orFull);
	for (const result of results) await queue.settle(result);
	if (state === "full") await keep(); // what has arrived has made room
}
