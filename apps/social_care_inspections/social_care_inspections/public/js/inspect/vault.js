/** The lock of the device: made with a phrase, opened with it, broken after too many wrong ones, erased after its days. */
import * as cipher from "./cipher.js";
import * as store from "./store.js";

export const HANDED_OVER = "typed/";
const TRIES = 10;
const DAY = 86_400_000;
const windows = new BroadcastChannel("social-care-inspect");
let key = null;
let worker = null;
navigator.serviceWorker?.ready.then(({ active }) => (worker = active));

export const isOpen = () => Boolean(key);
export const lock = () => store.get("lock", "lock");
export const onOtherWindow = (listen) => windows.addEventListener("message", ({ data }) => listen(data));
export const tellOthers = (news) => windows.postMessage(news);

/** The lock, unless it has outlived its days: then all is erased. */
export async function present() {
	const found = await lock();
	if (found && found.until < Date.now()) {
		await eraseAll();
		return null;
	}
	return found ?? null;
}

export async function make(phrase, holder, settings) {
	const made = await cipher.makeKey(phrase);
	await store.put("lock", { ...made.lock, holder, settings, until: untilOf(settings), wrong: 0 }, "lock");
	key = made.key;
}

const untilOf = (settings) => Date.now() + Math.max(1, settings.keep_days) * DAY;

/** A contact with the server: what the settings say now, and the days begin anew. */
export async function renew(settings) {
	await store.put("lock", { ...(await lock()), settings, until: untilOf(settings) }, "lock");
}

/** @returns {Promise<number>} tries that are left; 0: everything was erased; -1: it is open */
export async function unlock(phrase) {
	const found = await lock();
	try {
		key = await cipher.openKey(phrase, found);
	} catch {
		const wrong = found.wrong + 1;
		await store.put("lock", { ...found, wrong }, "lock");
		if (wrong >= TRIES) await eraseAll();
		return TRIES - wrong;
	}
	await store.put("lock", { ...found, wrong: 0 }, "lock");
	return -1;
}

export function close() {
	key = null;
}

/** Give the service worker what it shall seal; nothing is awaited, for the page goes. */
export function handOver(rows) {
	if (key && rows.length) worker?.postMessage({ key, rows, id: `${HANDED_OVER}${crypto.randomUUID()}` });
}

/** Data, kept shell and service worker: nothing of this page stays on the device. */
export async function eraseAll() {
	key = null;
	tellOthers("erased");
	await store.erase();
	for (const name of await caches.keys()) if (name.startsWith("inspect-")) await caches.delete(name);
	const worker = await navigator.serviceWorker?.getRegistration("/inspect");
	await worker?.unregister();
}

const placeOf = (name, id) => `${name}/${id}`;

export const seal = (name, id, value) => cipher.seal(key, placeOf(name, id), value);
export const open = (name, id, sealed) => cipher.open(key, placeOf(name, id), sealed);
export const sealBytes = (name, id, bytes) => cipher.sealBytes(key, placeOf(name, id), bytes);
export const openBytes = (name, id, sealed) => cipher.openBytes(key, placeOf(name, id), sealed);

/** Read a sealed row; null where there is none. */
export async function read(name, id) {
	const sealed = await store.get(name, id);
	return sealed ? open(name, id, sealed) : null;
}

export async function write(name, id, value) {
	await store.put(name, await seal(name, id, value), id);
}
