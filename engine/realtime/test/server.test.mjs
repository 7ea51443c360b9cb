import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { SESSIONS, Stand } from "./support/stand.mjs";

const AMAL = SESSIONS.amal.user;
const BADR = SESSIONS.badr.user;

const events = (client) => client.seen.map(({ event }) => event);

describe("realtime server", () => {
	let stand;

	before(async () => {
		stand = await Stand.open();
	});

	after(() => stand.close());

	beforeEach(() => {
		stand.rules.documents.clear();
		stand.rules.types.clear();
		stand.broken = false;
		stand.asked.length = 0;
		for (const client of stand.clients.splice(0)) client.disconnect();
	});

	it("gives a user his own events and nobody else's", async () => {
		const amal = await stand.connect("amal");
		const badr = await stand.connect("badr");
		await stand.publish("msgprint", `user:${AMAL}`, { text: "hello" });
		assert.deepEqual(amal.seen, [{ event: "msgprint", message: { text: "hello" } }]);
		assert.deepEqual(badr.seen, []);
	});

	it("gives site-wide events to desk users only, website events to all", async () => {
		const amal = await stand.connect("amal");
		const parent = await stand.connect("parent");
		const guest = await stand.connect("Guest");
		await stand.publish("version-update", "all");
		await stand.publish("news", "website");
		assert.deepEqual(events(amal), ["version-update", "news"]);
		assert.deepEqual(events(parent), ["news"]);
		assert.deepEqual(events(guest), ["news"]);
	});

	it("keeps guests out of the room they would share and of every other", async () => {
		const guest = await stand.connect("Guest");
		await stand.ask(guest, "task_subscribe", "t1");
		await stand.publish("msgprint", "user:Guest");
		await stand.publish("progress", "task_progress:t1");
		assert.deepEqual(guest.seen, []);
	});

	it("refuses a socket without a session cookie", async () => {
		await assert.rejects(stand.connect(null), /Refused/);
	});

	it("refuses pages of another host and requests that name no page", async () => {
		await assert.rejects(stand.connect("amal", { origin: "http://evil.example" }));
		await assert.rejects(stand.connect("amal", { origin: "null" }));
		await assert.rejects(stand.connect("amal", { origin: "" }));
	});

	it("refuses sites that the bench does not have", async () => {
		await assert.rejects(stand.connect("amal", { site: "c.localhost" }), /Invalid namespace/);
		await assert.rejects(stand.connect("amal", { site: "..%2Fa.localhost" }), /Invalid namespace/);
	});

	it("asks the site whose events are wanted, so another site's session is a guest there", async () => {
		const stranger = await stand.connect("amal", { site: "b.localhost" });
		assert.deepEqual(stand.asked, [{ method: "get_user_info", sid: "amal", host: "b.localhost" }]);
		await stand.publish("msgprint", `user:${AMAL}`, {}, "b.localhost");
		await stand.publish("all", "all", {}, "b.localhost");
		assert.deepEqual(stranger.seen, []);
	});

	it("refuses everybody while the web process cannot answer", async () => {
		stand.broken = true;
		await assert.rejects(stand.connect("amal"), /Refused/);
	});

	it("asks again where the web process was too busy to answer", async () => {
		stand.hangs = 1;
		await stand.connect("amal");
		assert.equal(stand.asked.length, 2);
	});

	it("gives a document's events to those who may read it, and asks again each time", async () => {
		stand.rules.documents.add(`${AMAL} Note N/1`);
		const amal = await stand.connect("amal");
		const badr = await stand.connect("badr");
		for (const client of [amal, badr]) await stand.ask(client, "doc_subscribe", "Note", "N/1");
		await stand.publish("doc_update", "doc:Note/N/1", { name: "N/1" });
		assert.deepEqual(events(amal), ["doc_update"]);
		assert.deepEqual(badr.seen, []);
		stand.rules.documents.clear();
		await stand.publish("doc_update", "doc:Note/N/1", { name: "N/1" });
		assert.deepEqual(events(amal), ["doc_update"]);
	});

	it("gives a list only the changes of records that this user's list shows", async () => {
		for (const user of [AMAL, BADR]) stand.rules.types.add(`${user} Note`);
		stand.rules.documents.add(`${AMAL} Note N1`).add(`${BADR} Note N2`);
		const amal = await stand.connect("amal");
		const badr = await stand.connect("badr");
		const parent = await stand.connect("parent");
		for (const client of [amal, badr, parent]) await stand.ask(client, "doctype_subscribe", "Note");
		await stand.publish("list_update", "doctype:Note", { doctype: "Note", name: "N1" });
		await stand.publish("list_update", "doctype:Note", { doctype: "Note", name: "N2" });
		await stand.publish("list_update", "doctype:Note", { doctype: "Note" });
		assert.deepEqual(
			amal.seen.map(({ message }) => message.name),
			["N1"]
		);
		assert.deepEqual(
			badr.seen.map(({ message }) => message.name),
			["N2"]
		);
		assert.deepEqual(parent.seen, []);
	});

	it("asks once for many changes that come together", async () => {
		stand.rules.types.add(`${AMAL} Note`);
		const names = Array.from({ length: 20 }, (_, index) => `N${index}`);
		for (const name of names) stand.rules.documents.add(`${AMAL} Note ${name}`);
		const amal = await stand.connect("amal");
		await stand.ask(amal, "doctype_subscribe", "Note");
		await Promise.all(names.map((name) => stand.publish("list_update", "doctype:Note", { name })));
		assert.deepEqual(
			amal.seen.map(({ message }) => message.name),
			names
		);
		const questions = stand.asked.filter(({ method }) => method === "get_list");
		assert.ok(questions.length <= 4, `${questions.length} questions`);
	});

	it("stops when the client leaves a room", async () => {
		stand.rules.documents.add(`${AMAL} Note N1`);
		const amal = await stand.connect("amal");
		await stand.ask(amal, "doc_subscribe", "Note", "N1");
		await stand.ask(amal, "doc_unsubscribe", "Note", "N1");
		await stand.publish("doc_update", "doc:Note/N1", { name: "N1" });
		assert.deepEqual(amal.seen, []);
	});

	it("reports a task's progress to who asked for it", async () => {
		const amal = await stand.connect("amal");
		await stand.ask(amal, "task_subscribe", "t1");
		await stand.publish("task_progress", "task_progress:t1", { task_id: "t1" });
		await stand.ask(amal, "task_unsubscribe", "t1");
		await stand.publish("task_progress", "task_progress:t1", { task_id: "t1" });
		assert.deepEqual(events(amal), ["task_progress"]);
	});

	it("shows who else has a document open, to those who may read it", async () => {
		stand.rules.documents.add(`${AMAL} Note N1`).add(`${BADR} Note N1`);
		const amal = await stand.connect("amal");
		const badr = await stand.connect("badr");
		const parent = await stand.connect("parent");
		for (const client of [amal, parent, badr]) await stand.ask(client, "doc_open", "Note", "N1");
		assert.deepEqual(amal.seen.at(-1).message, { doctype: "Note", docname: "N1", users: [AMAL, BADR] });
		badr.disconnect();
		await stand.settle();
		assert.deepEqual(amal.seen.at(-1).message.users, [AMAL]);
		assert.deepEqual(parent.seen, []);
	});

	it("ignores requests that are not names, and rooms that do not exist", async () => {
		const amal = await stand.connect("amal");
		amal.emit("doc_subscribe", { toString: 1 }, ["x"]);
		amal.emit("doctype_subscribe");
		amal.emit("task_subscribe", "x".repeat(1000));
		await stand.publisher.publish("events", "not json");
		await stand.publish("event", "nobody:here");
		await stand.publish("msgprint", `user:${AMAL}`);
		assert.deepEqual(events(amal), ["msgprint"]);
	});

	it("listens on the loopback address only", () => {
		assert.equal(stand.server.address, "127.0.0.1");
	});
});

describe("a page that nobody touches", () => {
	it("gets no more events about records until somebody does, and asks nothing", async () => {
		const stand = await Stand.open({ idle: 500 });
		try {
			stand.rules.documents.add(`${AMAL} Note N1`);
			const amal = await stand.connect("amal");
			await stand.ask(amal, "doc_subscribe", "Note", "N1");
			await stand.settle();
			await stand.settle();
			stand.asked.length = 0;
			await stand.publish("doc_update", "doc:Note/N1", { name: "N1" });
			await stand.publish("msgprint", `user:${AMAL}`);
			assert.deepEqual(events(amal), ["msgprint"]);
			assert.deepEqual(stand.asked, []);
			await stand.ask(amal, "ping");
			await stand.publish("doc_update", "doc:Note/N1", { name: "N1" });
			assert.deepEqual(events(amal), ["msgprint", "pong", "doc_update"]);
		} finally {
			await stand.close();
		}
	});
});
