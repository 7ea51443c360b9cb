"""One browser and one set of places and people for the whole run; a window of its own for each test."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.browser.desk import PATIENCE, URL, Desk
from tests.browser.phone import people, visit  # noqa: F401  fixtures of the tests on a phone
from tests.browser.watch import Watch
from tests.browser.world import PASSWORD, World, make_world

CHROMIUM = "/usr/bin/chromium"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WIDE = {"width": 1366, "height": 850}
HERE = Path(__file__).resolve().parent
FAILURES = HERE.parents[1] / "var" / "browser-failures"
WAITED = ["TimeoutError", "with timeout 60000ms"]

Opener = Callable[..., Desk]
DESKS = pytest.StashKey[list[Desk]]()


@pytest.fixture(scope="session")
def world(site: str) -> World:
	"""Committed places and people of this run."""
	return make_world()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
	"""Debian's Chromium, launched once."""
	with sync_playwright() as playwright:
		browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
		yield browser
		browser.close()


@pytest.fixture(scope="session")
def sessions() -> dict[str, dict]:
	"""Cookies of the users who have logged in during this run."""
	return {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
	"""What waited too long for the screen is tried once more, and listed as RERUN at the end; a wrong value is not."""
	for item in items:
		if item.path.is_relative_to(HERE):
			item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=WAITED))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
	"""Keep a picture of every window of a failed test, and say what stood and went on in it."""
	report = yield
	if report.when == "call" and report.failed:
		for number, desk in enumerate(item.stash.get(DESKS, [])):
			picture = FAILURES / f"{item.name}-{number}.png"
			report.sections.append((f"window {number}", f"{picture}\n{_account_of(desk)}"))
			with suppress(Error):  # the window may be closed by now
				desk.page.screenshot(path=picture, timeout=20_000)
	return report


def _account_of(desk: Desk) -> str:
	watch = desk.watch
	facts = [desk.page.url, *watch.errors, *watch.refused, *watch.outside]
	try:
		facts.append(desk.page.locator("body").inner_text(timeout=5_000)[:1500])
	except Error as error:
		facts.append(str(error))
	return "\n".join(facts)


@pytest.fixture
def guest_desk(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Opener]:
	"""Opens a window in Egyptian Arabic for somebody who has not logged in."""
	desks = request.node.stash[DESKS] = []  # of this try alone

	def opened(**options) -> Desk:
		options = {
			"locale": "ar-EG",
			"timezone_id": "Africa/Cairo",
			"viewport": WIDE,
			"accept_downloads": True,
		} | options
		context = chromium.new_context(**options)
		context.set_default_timeout(PATIENCE)
		watch = Watch()
		watch.begin(context)
		desks.append(Desk(context, context.new_page(), watch))
		return desks[-1]

	yield opened
	for desk in desks:
		desk.context.close()


@pytest.fixture
def desk_of(guest_desk: Opener, sessions: dict[str, dict]) -> Opener:
	"""Opens a window for a user, logged in through the API once and by the same cookies afterwards."""

	def opened(user: str, **options) -> Desk:
		if user in sessions:
			return guest_desk(storage_state=sessions[user], **options)
		desk = guest_desk(**options)
		answer = desk.context.request.post(
			f"{URL}/api/method/login", form={"usr": user, "pwd": PASSWORD}, timeout=PATIENCE
		)
		assert answer.ok, answer.text()[:300]
		sessions[user] = desk.context.storage_state()
		return desk

	return opened


@pytest.fixture(autouse=True)
def _fresh_view(site: str) -> Iterator[None]:
	"""Read the database anew in each test: the web process writes it meanwhile."""
	import frappe

	frappe.db.rollback()
	yield
	frappe.db.rollback()


@pytest.fixture(scope="session")
def photograph(tmp_path_factory: pytest.TempPathFactory) -> Path:
	"""A drawn portrait."""
	from tests.browser.portrait import draw

	path = tmp_path_factory.mktemp("portrait") / "photo.png"
	draw(path)
	return path
