/** What lies on the device. Plain are only numbers of visits and of changes, and codes of indicators; all texts are sealed. */
import { deleteDB, openDB } from "idb";

const NAME = "social-care-inspect";
let opened = null;

function database() {
	opened ||= openDB(NAME, 1, {
		upgrade(db) {
			db.createObjectStore("lock");
			db.createObjectStore("visits");
			db.createObjectStore("tools");
			db.createObjectStore("photographs");
			const operations = db.createObjectStore("operations", { keyPath: "seq", autoIncrement: true });
			operations.createIndex("id", "id", { unique: true });
		},
		blocking() {
			forget(); // another window erases: what is open here must not keep it from that
		},
		terminated() {
			opened = null;
		},
	});
	return opened;
}

async function forget() {
	const open = opened;
	opened = null;
	if (open) (await open).close();
}

/** Take everything from the device. */
export async function erase() {
	await forget();
	await deleteDB(NAME);
}

/** The device has no room left. */
export const isFull = (error) => error?.name === "QuotaExceededError";

export const get = async (store, key) => (await database()).get(store, key);
export const put = async (store, value, key) => (await database()).put(store, value, key);
export const remove = async (store, key) => (await database()).delete(store, key);
export const keys = async (store) => (await database()).getAllKeys(store);
export const all = async (store) => (await database()).getAll(store);
