// Keeps the shell of the inspectors' page, and nothing that holds data. `SHELL` is written in front by the server.
/* global SHELL */
const KEPT = `inspect-${SHELL.version}`;

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(forgetEarlier()));
self.addEventListener("fetch", (event) => {
	const { pathname, origin } = new URL(event.request.url);
	const isShell = event.request.method === "GET" && origin === self.location.origin;
	// What is not on the list goes to the network as if this program were not there.
	if (isShell && SHELL.files.includes(pathname)) event.respondWith(answer(event.request, pathname));
});

// A page that goes hands over what it has not written yet: sealed here, it is taken up when the device is opened again.
self.addEventListener("message", (event) => event.waitUntil(seal(event.data)));

async function keep() {
	const cache = await caches.open(KEPT);
	await cache.addAll(SHELL.files.map((file) => new Request(file, { cache: "reload" })));
	await self.skipWaiting();
}

async function forgetEarlier() {
	const names = (await caches.keys()).filter((name) => name.startsWith("inspect-") && name !== KEPT);
	await Promise.all(names.map((name) => caches.delete(name)));
	await self.clients.claim();
}

async function answer(request, file) {
	const kept = await caches.match(file, { cacheName: KEPT, ignoreVary: true });
	return kept || fetch(request);
}

async function seal({ key, rows, id }) {
	const utf8 = new TextEncoder();
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const how = { name: "AES-GCM", iv, additionalData: utf8.encode(`lock/${id}`) };
	const data = await crypto.subtle.encrypt(how, key, utf8.encode(JSON.stringify(rows)));
	const db = await database();
	await new Promise((done, failed) => {
		const writing = db.transaction("lock", "readwrite");
		writing.objectStore("lock").put({ iv, data }, id);
		writing.oncomplete = done;
		writing.onabort = failed;
	});
	db.close();
	new BroadcastChannel("social-care-inspect").postMessage("changed");
}

function database() {
	return new Promise((done, failed) => {
		const asked = indexedDB.open("social-care-inspect");
		asked.onupgradeneeded = () => asked.transaction.abort(); // erased meanwhile: it is not made again
		asked.onsuccess = () => done(asked.result);
		asked.onerror = failed;
	});
}
