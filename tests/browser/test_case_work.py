"""What is due in the work with children, as a social worker sees it: calendar, report, cards."""

import frappe
import pytest
from frappe.utils import add_days, nowdate
from social_care.tests import case_work

from engine import paths
from tests.browser.desk import PATIENCE, Desk
from tests.browser.sight import complaints
from tests.browser.world import World, _person, registered_child

PICTURES = paths.ROOT / "var" / "pictures"
PHONE = {"wide": 390, "high": 844}


@pytest.fixture(scope="module")
def social_worker(world: World) -> str:
	name = _person("Institution Social Worker", {"institution": world.institution}, "سلوى أحمد")
	frappe.db.commit()
	return name


@pytest.fixture(scope="module")
def child(world: World) -> str:
	"""A child whose review is overdue, with a plan and something in his time line."""
	name = registered_child(world, admission_date=add_days(nowdate(), -130))
	case_work.active_plan(name, world.entry, world.director)
	case_work.contact(name, contact_date=add_days(nowdate(), -20), how_it_went="لقاء هادئ").insert()
	case_work.saved(name, 120).insert()
	frappe.db.commit()
	return name


def look(desk: Desk, name: str) -> None:
	"""Judge the page and take its picture, at a desk and on a phone."""
	PICTURES.mkdir(exist_ok=True)
	for kind, size in (("desk", {}), ("phone", PHONE)):
		desk.picture(PICTURES / f"{name}-{kind}.png", **size)
		desk.settle()
		desk.picture(PICTURES / f"{name}-{kind}.png", **size)
		assert complaints(desk.page) == [], (name, kind)
	desk.page.set_viewport_size({"width": 1366, "height": 850})
	desk.settle()


def test_the_calendar_and_the_list_of_reviews(desk_of, child: str, social_worker: str) -> None:
	desk = desk_of(social_worker)
	desk.go("care-review/view/calendar/default")
	desk.page.locator(".fc-view-container, .fc-view-harness").first.wait_for(timeout=PATIENCE)
	desk.settle()
	look(desk, "calendar")
	desk.go("query-report/Care Reviews Due")
	look(desk, "reviews-due")
	desk.go("my-institution")
	assert desk.card("الأحداث المفتوحة") >= 0
	look(desk, "workspace")
