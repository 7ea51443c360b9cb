"""Beside a long list stands that there are more than a thousand rows; pressed, how many exactly."""

import frappe
import pytest
from playwright.sync_api import expect
from social_care.tests import factories

from engine import paths
from tests.browser.desk import Desk
from tests.browser.world import World, _person

ROWS = 1007
PICTURES = paths.ROOT / "var" / "pictures"


@pytest.fixture
def crowded(world: World) -> str:
	"""An officer of a directorate with so many people."""
	unit = factories.org_unit(unit_name="مديرية التضامن الاجتماعي بالبحيرة").name
	home = factories.institution(unit, licensed_capacity=ROWS).name
	key = factories.letters()
	people = [(f"{key}-{number}", f"ملك {key}", f"ملك {key}") for number in range(ROWS)]
	frappe.db.bulk_insert("Person", ["name", "full_name", "search_name"], people)
	frappe.db.bulk_insert(
		"Child",
		["name", "person", "full_name", "search_name", "org_unit", "institution", "life_state", "file_state"],
		[(name, name, *names, unit, home, "Active", "Approved") for name, *names in people],
	)
	officer = _person("Directorate Data Officer", {"org_unit": unit}, "رامي نبيل")
	frappe.db.commit()
	yield officer
	for doctype in ("Child", "Person"):
		frappe.db.delete(doctype, {"name": ["like", f"{key}-%"]})
	frappe.db.commit()


def test_more_than_a_thousand(desk_of, crowded: str) -> None:
	desk: Desk = desk_of(crowded)
	for doctype in ("person", "child"):
		desk.open_list(doctype)
		count = desk.page.locator(".list-count:visible")
		expect(count).to_have_text("20 من أكثر من 1000")
		PICTURES.mkdir(exist_ok=True)
		desk.picture(PICTURES / f"count-{doctype}.png")
		desk.click(count.locator("button"))
		expect(count).to_have_text(f"20 من {ROWS}")
		expect(count.locator("button")).to_have_count(0)
		desk.open_list(f"{doctype}?sex=Female")
		expect(desk.page.locator(".list-count:visible")).to_have_count(0)
	desk.watch.expect_quiet()
