"""Hands and eyes of an inspector at his telephone: the page `/inspect`."""

import os
from dataclasses import dataclass

import frappe
import pytest
from frappe.utils import nowdate
from playwright.sync_api import Page, expect

from engine import paths
from tests.browser.desk import PATIENCE, URL, Desk
from tests.browser.sight import complaints
from tests.browser.world import World, _person

PICTURES = (
	paths.ROOT / "docs" / "screenshots" if os.environ.get("SCREENSHOTS") else paths.ROOT / "var" / "pictures"
)
PHONE = {
	"viewport": {"width": 390, "height": 844},
	"has_touch": True,
	"geolocation": {"latitude": 30.04442, "longitude": 31.23571},
	"permissions": ["geolocation"],
}
PHRASE = "نخلة على باب الدار"
DONE = "تمت مزامنة كل شيء"


@dataclass
class People:
	"""Who inspects, and who orders it."""

	inspector: str
	colleague: str
	district: str


@pytest.fixture(scope="module")
def people(world: World) -> People:
	frappe.set_user("Administrator")
	district = frappe.db.get_value("Institution", world.institution, "org_unit")
	made = People(
		_person("Inspector", {"org_unit": world.directorate}, "وليد سمير"),
		_person("Inspector", {"org_unit": world.directorate}, "سميرة فوزي"),
		district,
	)
	frappe.db.commit()
	return made


@pytest.fixture
def visit(world: World, people: People) -> str:
	"""A planned visit of two inspectors."""
	frappe.set_user(world.director)
	values = {"institution": world.institution, "visit_kind": "Periodic", "planned_on": nowdate()}
	team = [{"user": people.inspector}, {"user": people.colleague}]
	name = frappe.get_doc({"doctype": "Institution Visit", "inspectors": team, **values}).insert().name
	frappe.set_user("Administrator")
	frappe.db.commit()
	return name


def stored(name: str, doctype: str = "Institution Visit"):
	"""The row as the web process has written it."""
	frappe.db.rollback()
	return frappe.get_doc(doctype, name)


def enter(desk: Desk, phrase: str = PHRASE) -> None:
	"""The first opening of the page on a device: a phrase, twice."""
	desk.page.goto(f"{URL}/inspect")
	desk.page.fill("[name=phrase]", phrase)
	desk.page.fill("[name=again]", phrase)
	desk.page.click("button.first")
	desk.page.locator("#synchronise").wait_for(timeout=PATIENCE)
	desk.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
	desk.page.wait_for_function("async () => (await caches.keys()).length === 1", timeout=PATIENCE)


def unlock(page: Page, phrase: str = PHRASE) -> None:
	page.fill("[name=phrase]", phrase)
	page.click("button.first")
	page.locator("#synchronise").wait_for(timeout=PATIENCE)


def open_visit(page: Page, visit: str) -> None:
	page.click(f'[data-visit="{visit}"]')
	page.locator(".back").wait_for(timeout=PATIENCE)


def back(page: Page) -> None:
	page.click(".back")


def at_the_list(page: Page) -> None:
	"""Back, until the list stands there."""
	back(page)
	page.locator(".step, #begin, #synchronise").first.wait_for(timeout=PATIENCE)
	if not page.locator("#synchronise").count():
		back(page)
	page.locator("#synchronise").wait_for(timeout=PATIENCE)


def synchronise(page: Page) -> str:
	"""From the list, as the inspector does it; waits for what is said of this round."""
	page.locator("#synchronise").wait_for(timeout=PATIENCE)
	page.evaluate("() => { document.querySelector('#told').hidden = true; }")
	page.click("#synchronise")
	expect(page.locator("#told")).to_be_visible(timeout=PATIENCE)
	return page.locator("#told").text_content()


def score_area(page: Page, area: str, value: str = "3") -> None:
	page.click(f"#area-{area}")
	page.locator(".indicator").first.wait_for(timeout=PATIENCE)
	for group in page.locator(".scores").all():
		group.locator(f'[data-value="{value}"]').click()
	back(page)
	page.locator(f"#area-{area}").wait_for(timeout=PATIENCE)


def waiting(page: Page) -> int:
	return page.evaluate(
		"""() => new Promise((done) => { const asked = indexedDB.open("social-care-inspect");
		asked.onsuccess = () => { const db = asked.result, count = db.transaction("operations").objectStore("operations").count();
			count.onsuccess = () => { db.close(); done(count.result); }; }; })"""
	)


def look(page: Page, name: str) -> None:
	"""Arabic, no wider than the phone, targets as large as a thumb; the picture is kept."""
	PICTURES.mkdir(exist_ok=True)
	page.evaluate("() => { document.querySelector('#told').hidden = true; }")
	page.screenshot(path=PICTURES / f"phone-{name}.png", animations="disabled", caret="hide")
	assert not complaints(page), (name, complaints(page))
	small = page.evaluate(
		"""() => [...document.querySelectorAll("main button, main .button, main input:not(.unseen, [type=checkbox])")]
		.filter((node) => node.offsetParent && node.getBoundingClientRect().height < 47.5).map((node) => node.outerHTML.slice(0, 90))"""
	)
	assert not small, (name, small)


def sent_unasked(desk: Desk) -> None:
	"""The line comes back while somebody types: the page sends by itself."""
	desk.context.set_offline(True)
	expect(desk.page.locator("#line")).to_have_attribute("data-state", "offline", timeout=PATIENCE)
	desk.context.set_offline(False)
	expect(desk.page.locator("#line")).to_have_attribute("data-state", "done", timeout=PATIENCE)
