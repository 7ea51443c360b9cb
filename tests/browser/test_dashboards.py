"""The three dashboards at a desk and on a phone: Arabic, right to left, and every figure leads to as many rows."""

import os
import re
from pathlib import Path

import frappe
import pytest
from frappe.utils import add_months, add_years, nowdate
from playwright.sync_api import expect
from social_care.tests import factories

from tests.browser.desk import PATIENCE, Desk
from tests.browser.sight import complaints
from tests.browser.world import World

PICTURES = Path(os.environ.get("TEST_PICTURES", ""))
PHONE = {"width": 390, "height": 844}
PAGES = {"entry": "my-institution", "officer": "my-directorate", "head": "national-picture"}


@pytest.fixture(scope="module")
def lived_in(world: World) -> World:
	"""Children in three institutions of the directorate, with files more and less complete."""
	frappe.set_user("Administrator")
	frappe.db.set_value("Institution", world.institution, {"map_latitude": 30.09, "map_longitude": 31.32})
	for name, latitude, longitude, room in (
		("دار الزهراء للفتيات", 30.05, 31.24, 2),
		("مؤسسة البسمة", 29.97, 31.28, 9),
	):
		home = factories.institution(
			world.directorate,
			institution_name=name,
			licensed_capacity=room,
			map_latitude=latitude,
			map_longitude=longitude,
		)
		for _number in range(3):
			factories.child(home.name, sex="Female", admission_date=add_months(nowdate(), -5))
	for number, group in enumerate(("الزهور", "الزهور", "النجوم", "")):
		factories.child(
			world.institution,
			room_group=group,
			birth_date=add_years(nowdate(), -4 - 3 * number),
			national_number="",
			national_number_status="In Process",
		)
	frappe.db.commit()
	return world


@pytest.mark.parametrize("kind", PAGES)
def test_a_dashboard(desk_of, lived_in: World, kind: str) -> None:
	desk = desk_of(lived_in.users()[kind])
	open_dashboard(desk, PAGES[kind])
	assert complaints(desk.page) == []
	whole_picture(desk, f"{kind}.png", {"width": 1366, "height": 850})
	whole_picture(desk, f"{kind}-phone.png", PHONE)
	desk.page.set_viewport_size(PHONE)
	assert complaints(desk.page) == []
	desk.page.set_viewport_size({"width": 1366, "height": 850})
	follow(desk)
	desk.watch.expect_quiet()


def open_dashboard(desk: Desk, page: str) -> None:
	desk.go(page)
	desk.page.locator(".sc-dashboard:not([aria-busy]) .sc-tile").first.wait_for(timeout=PATIENCE)
	desk.settle()


def whole_picture(desk: Desk, name: str, size: dict) -> None:
	"""A picture of the whole dashboard, for whoever asks for pictures by TEST_PICTURES."""
	desk.page.set_viewport_size(size)
	desk.settle()
	if PICTURES.name:
		desk.page.set_viewport_size(size | {"height": 4000})
		desk.page.locator(".sc-dashboard").screenshot(path=PICTURES / name, animations="disabled")


def follow(desk: Desk) -> None:
	"""The first figure that leads somewhere leads to a list of as many rows."""
	figure = desk.page.locator(".sc-parts a.sc-figure[href^='/app/child?']").first
	number = int(re.sub(r"\D", "", figure.inner_text()))
	figure.click()
	desk.page.locator(".list-row-container:visible, .no-result:visible").first.wait_for(timeout=PATIENCE)
	desk.settle()
	expect(desk.page.locator(".list-count:visible")).to_contain_text(
		re.compile(rf"(^|\D){number}(\D|$)"), timeout=PATIENCE
	)


def test_a_list_with_photographs_and_a_board(desk_of, lived_in: World, photograph: Path) -> None:
	child = with_photograph(lived_in, photograph)
	desk = desk_of(lived_in.entry)
	desk.open_list("child?life_state=Active")
	picture = desk.page.locator(f'img.sc-thumbnail[src*="{child}"]')
	picture.wait_for(timeout=PATIENCE)
	desk.page.wait_for_function("img => img.naturalWidth === 160", arg=picture.element_handle())
	assert complaints(desk.page) == []
	snapshot(desk, "list.png", {"width": 1366, "height": 850})
	snapshot(desk, "list-phone.png", PHONE)
	desk.page.set_viewport_size({"width": 1366, "height": 850})
	desk.click(desk.page.locator(".saved-filters .filter-name", has_text="بلا رقم قومي"))
	desk.settle()
	expect(desk.page.locator(".list-row-container:visible")).to_have_count(4, timeout=PATIENCE)
	desk.go("child/view/kanban/ملفات الأبناء")
	desk.page.locator(".kanban-card-wrapper").first.wait_for(timeout=PATIENCE)
	desk.settle()
	assert complaints(desk.page) == []
	snapshot(desk, "kanban.png", {"width": 1366, "height": 850})
	desk.watch.expect_quiet()


def with_photograph(world: World, photograph: Path) -> str:
	child = factories.child(world.institution, room_group="النجوم")
	kept = {"attached_to_doctype": "Child", "attached_to_name": child.name, "attached_to_field": "photo"}
	child.photo = factories.file(photograph.read_bytes(), "photo.png", **kept).file_url
	child.save()
	frappe.db.commit()
	return child.name


def snapshot(desk: Desk, name: str, size: dict) -> None:
	desk.page.set_viewport_size(size)
	desk.settle()
	if PICTURES.name:
		desk.page.screenshot(path=PICTURES / name, animations="disabled")
