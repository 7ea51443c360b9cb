"""An institution confirms its children with the keyboard, over a cut line; its director signs; the data officer sees his queue."""

import os
from dataclasses import dataclass
from pathlib import Path

import frappe
import pytest
from frappe.utils import add_days, nowdate
from frappe.utils.password import update_password
from playwright.sync_api import expect
from social_care.governance.confirmation import CONFIRMATION, ROW, opening
from social_care.governance.officer import tasks
from social_care.tests import factories
from social_care.tests.confirmation_cases import forget_cycles

from tests.browser.axe import grave
from tests.browser.desk import Desk
from tests.browser.sight import complaints
from tests.browser.world import PASSWORD, World

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs/screenshots" if os.environ.get("SCREENSHOTS") else ROOT / "var/confirmation-pictures"


@dataclass
class Home:
	institution: str
	confirmation: str
	children: list[str]
	entry: str
	director: str


@pytest.fixture(scope="module")
def home(world: World) -> Home:
	"""A home of five children, the day before the cycle is overdue."""
	frappe.set_user("Administrator")
	district = frappe.db.get_value("Institution", world.institution, "org_unit")
	place = factories.institution(district, institution_name="دار الرحمة لرعاية الأطفال").name
	children = [factories.child(place, photo_date=None).name for _child in range(5)]
	people = [
		factories.staff(role, institution=place)
		for role in ("Institution Entry User", "Institution Director")
	]
	for user, name in zip(people, ("سلوى", "هبة"), strict=True):
		update_password(user, PASSWORD)
		frappe.db.set_value("User", user, {"first_name": name, "full_name": name})
	forget_cycles()
	earlier = opening.begin(add_days(nowdate(), -95), 3)
	opening.open_cycle(earlier)
	opening.open_cycle(opening.begin(add_days(nowdate(), -40), 3))
	name = frappe.db.get_value(CONFIRMATION, {"institution": place, "status": "Open"})
	frappe.db.commit()
	return Home(place, name, children, *people)


def states(home: Home) -> dict[str, str]:
	frappe.db.rollback()
	return dict(frappe.get_all(ROW, {"confirmation": home.confirmation}, ["child", "state"], as_list=True))


def test_by_keyboard_and_over_a_cut_line(home: Home, desk_of) -> None:
	desk: Desk = desk_of(home.entry)
	desk.go(f"confirm-children/{home.confirmation}")
	rows = desk.page.locator(".sc-child")
	expect(rows).to_have_count(5)
	rows.first.focus()
	desk.page.keyboard.press("c")
	expect(rows.first).to_have_attribute("data-state", "Confirmed")
	expect(rows.nth(1)).to_be_focused()
	desk.page.keyboard.press("x")
	expect(rows.nth(1)).to_have_attribute("data-state", "To Correct")
	desk.page.context.set_offline(True)
	desk.page.keyboard.press("c")
	desk.page.keyboard.press("c")
	expect(desk.page.locator(".sc-line")).to_be_visible()
	desk.page.context.set_offline(False)
	desk.page.evaluate("window.dispatchEvent(new Event('online'))")
	expect(rows.nth(2)).to_have_attribute("data-state", "Confirmed")
	expect(rows.nth(3)).to_have_attribute("data-state", "Confirmed")
	expect(desk.page.locator(".sc-line")).to_be_hidden()
	rows.nth(4).get_by_role("button").first.dblclick()
	expect(rows.nth(4)).to_have_attribute("data-state", "Confirmed")
	PICTURES.mkdir(parents=True, exist_ok=True)
	desk.picture(PICTURES / "confirmation.png")
	assert complaints(desk.page) == []
	assert grave(desk.page) == []
	assert sorted(states(home).values()) == ["Confirmed"] * 4 + ["To Correct"]


def test_a_change_since_is_highlighted_and_the_director_signs(home: Home, desk_of) -> None:
	frappe.set_user("Administrator")
	changed = next(child for child, state in states(home).items() if state == "Confirmed")
	doc = frappe.get_doc("Child", changed)
	doc.room_group = "مجموعة الزهور"
	doc.save()
	frappe.db.commit()
	desk: Desk = desk_of(home.director)
	desk.go(f"confirm-children/{home.confirmation}")
	row = desk.page.locator(f'.sc-child[data-child="{changed}"]')
	expect(row.locator(".sc-since")).to_be_visible()
	desk.picture(PICTURES / "confirmation-changed.png")
	frappe.db.set_value(
		ROW, {"confirmation": home.confirmation, "child": changed}, {"state": "Waiting", "fingerprint": None}
	)
	frappe.db.commit()
	entry: Desk = desk_of(home.entry)
	entry.go(f"confirm-children/{home.confirmation}")
	entry.page.locator(f'.sc-child[data-child="{changed}"]').get_by_role("button").first.click()
	expect(entry.page.locator(f'.sc-child[data-child="{changed}"]')).to_have_attribute(
		"data-state", "Confirmed"
	)
	desk.page.reload()
	desk.page.locator('[data-action="sign"]').click()
	desk.page.locator(".modal.show .btn-primary").first.click()
	expect(desk.page.locator('[data-action="sign"]')).to_have_count(0)
	frappe.db.rollback()
	assert frappe.db.get_value(CONFIRMATION, home.confirmation, ["status", "signed_by"]) == (
		"Signed",
		home.director,
	)


def test_the_queue_of_the_data_officer(home: Home, world: World, desk_of) -> None:
	frappe.set_user("Administrator")
	frappe.db.set_value(CONFIRMATION, {"institution": world.institution}, {"children": 3})
	frappe.db.set_value("Child", home.children[0], "file_state", "Returned")
	frappe.db.commit()
	tasks.follow_all()
	desk: Desk = desk_of(world.officer)
	desk.go("data-officer-queue")
	expect(desk.page.locator(".sc-officer tbody tr").first).to_be_visible()
	expect(desk.page.locator(f'.sc-officer a[href*="{home.children[0]}"]').first).to_be_visible()
	desk.picture(PICTURES / "data-officer.png")
	assert complaints(desk.page) == []
	assert grave(desk.page) == []
