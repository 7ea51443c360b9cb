"""What waits on a telephone while it is sent: the page's own modules in the browser, with its database, its locks and its cipher."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route

from engine import paths
from tests.browser.desk import URL

MODULES = f"{URL}/assets/social_care_inspections/js/inspect"
IDB = paths.ROOT / "node_modules" / "idb" / "build" / "index.js"
PAGE = """<!doctype html><script type="importmap">{"imports": {"idb": "/idb.js"}}</script>
<body data-texts="{}"></body>"""
OPEN = f"""async () => {{
	window.queue = await import("{MODULES}/queue.js");
	window.vault = await import("{MODULES}/vault.js");
	await vault.make("نخلة على باب الدار", "x", {{ keep_days: 1 }});
	window.rows = async () => (await queue.list("V")).map(({{ id, state, sent, said }}) => ({{ id, state, sent: !!sent, said }}));
}}"""


@pytest.fixture
def page(guest_desk) -> Iterator[Page]:
	"""An empty page of the same origin that has the modules of the inspectors' page."""
	page = guest_desk().page

	def serve(route: Route) -> None:
		if route.request.url.endswith("/idb.js"):
			route.fulfill(path=IDB, content_type="text/javascript")
		else:
			route.fulfill(body=PAGE, content_type="text/html")

	page.route(f"{URL}/idb.js", serve)
	page.route(f"{URL}/queue-of-a-phone", serve)
	page.goto(f"{URL}/queue-of-a-phone")
	page.evaluate(OPEN)
	yield page
	page.evaluate("() => vault.eraseAll()")


def test_replaced_between_reading_and_marking(page: Page) -> None:
	"""The sender has read a row; before it is marked another stroke takes its place: nothing is marked, nothing is sent."""
	batch, rows = page.evaluate(
		"""async () => { await queue.edit("V", "findings", "one", "");
		const read = await queue.list("V");
		const [, batch] = await Promise.all([queue.edit("V", "findings", "two", ""), queue.markSent(read)]);
		return [batch, await rows()]; }"""
	)
	assert batch == []
	assert [(row["said"]["value"], row["sent"]) for row in rows] == [("two", False)]


def test_changed_while_it_is_under_way(page: Page) -> None:
	"""Marked first: what was typed meanwhile is a row of its own, over the value that is under way."""
	batch, rows = page.evaluate(
		"""async () => { await queue.edit("V", "findings", "one", "");
		const read = await queue.list("V");
		const [batch] = await Promise.all([queue.markSent(read), queue.edit("V", "findings", "two", "")]);
		return [batch, await rows()]; }"""
	)
	assert [row["said"]["value"] for row in batch] == ["one"]
	told = [(row["said"]["value"], row["said"]["base"], row["sent"]) for row in rows]
	assert told == [("one", "", True), ("two", "one", False)]
	assert rows[0]["id"] == batch[0]["id"] != rows[1]["id"]


def test_taken_back_between_reading_and_marking(page: Page) -> None:
	"""Typed back to what the server has: there is nothing to send any more."""
	batch, rows = page.evaluate(
		"""async () => { await queue.edit("V", "findings", "one", "");
		const read = await queue.list("V");
		const [, batch] = await Promise.all([queue.edit("V", "findings", "", ""), queue.markSent(read)]);
		return [batch, await rows()]; }"""
	)
	assert (batch, rows) == ([], [])


TYPED_WHILE_SENT = """async () => {
	const server = { value: "", ids: new Set(), conflicts: [] };
	const pause = () => new Promise((done) => setTimeout(done, Math.random() * 4));
	let base = "", typing = true;
	async function apply(sent) {
		await pause();
		return sent.map(({ id, said }) => {
			if (!server.ids.has(id)) {
				if (server.value !== said.base) { server.conflicts.push([server.value, said]); return { id, state: "conflict", theirs: server.value }; }
				server.ids.add(id);
				server.value = said.value;
			}
			return { id, state: "applied" };
		});
	}
	async function send() {
		while (typing || (await queue.list("V")).length) {
			const read = (await queue.list("V")).filter(queue.isWaiting);
			await pause();
			const batch = await queue.markSent(read);
			if (!batch.length) { await pause(); continue; }
			if (Math.random() < 0.3) { await apply(batch); continue; } // the answer is lost: it is sent again
			for (const answer of await apply(batch)) await queue.settle(answer);
		}
	}
	async function type() {
		for (let number = 1; number <= 80; number++) {
			await queue.edit("V", "findings", `text ${number}`, base);
			base = `text ${number}`;
			await pause();
		}
		typing = false;
	}
	await Promise.all([send(), type()]);
	return { value: server.value, conflicts: server.conflicts, left: (await rows()).length };
}"""


def test_typing_and_sending_at_once(page: Page) -> None:
	"""Eighty strokes beside a sender whose answers are lost now and then: the last stroke arrives, and no hand meets another."""
	assert page.evaluate(TYPED_WHILE_SENT) == {"value": "text 80", "conflicts": [], "left": 0}
