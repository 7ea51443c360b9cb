/**
 * AES-GCM over everything that a device holds. The key of the data is made on the device, lives unwrapped in memory only and
 * cannot be read out; stored is what a key derived from the inspector's phrase makes of it (PBKDF2, SHA-256).
 */
const ROUNDS = 600_000;
const GCM = "AES-GCM";
const utf8 = new TextEncoder();
const random = (bytes) => crypto.getRandomValues(new Uint8Array(bytes));

async function wrappingKey(phrase, salt, rounds) {
	const typed = utf8.encode(phrase.normalize("NFKC").trim());
	const word = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
	const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
	return crypto.subtle.deriveKey(how, word, { name: GCM, length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

/** @returns {Promise<{lock: object, key: CryptoKey}>} what is stored, and the key */
export async function makeKey(phrase) {
	const lock = { salt: random(16), iv: random(12), rounds: ROUNDS };
	const fresh = await crypto.subtle.generateKey({ name: GCM, length: 256 }, true, ["encrypt", "decrypt"]);
	const wrapping = await wrappingKey(phrase, lock.salt, lock.rounds);
	lock.wrapped = await crypto.subtle.wrapKey("raw", fresh, wrapping, { name: GCM, iv: lock.iv });
	return { lock, key: await openKey(phrase, lock) };
}

/** The key; throws where the phrase is another one. */
export async function openKey(phrase, { salt, iv, rounds, wrapped }) {
	const wrapping = await wrappingKey(phrase, salt, rounds);
	const how = { name: GCM, iv };
	return crypto.subtle.unwrapKey("raw", wrapped, wrapping, how, GCM, false, ["encrypt", "decrypt"]);
}

/** Bytes under the key, bound to the place where they are kept. */
export async function sealBytes(key, place, bytes) {
	const iv = random(12);
	const how = { name: GCM, iv, additionalData: utf8.encode(place) };
	return { iv, data: await crypto.subtle.encrypt(how, key, bytes) };
}

export async function openBytes(key, place, { iv, data }) {
	return crypto.subtle.decrypt({ name: GCM, iv, additionalData: utf8.encode(place) }, key, data);
}

export const seal = (key, place, value) => sealBytes(key, place, utf8.encode(JSON.stringify(value)));

export async function open(key, place, sealed) {
	return JSON.parse(new TextDecoder().decode(await openBytes(key, place, sealed)));
}

/** What the server tells of a signature that it has. */
export async function digest(text) {
	if (!text) return "";
	const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", utf8.encode(text)));
	return [...bytes.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
