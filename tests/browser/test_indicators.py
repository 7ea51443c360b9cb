"""Indicators at a desk and on a phone: values with their course and target, the report with its chart, the public page."""

import os
from collections.abc import Iterator
from pathlib import Path

import frappe
import pytest
from frappe.utils import add_days, nowdate
from playwright.sync_api import expect
from social_care.governance.indicators import keeping, public
from social_care.governance.indicators.cells import Tree
from social_care.tests import factories, indicator_cases

from tests.browser.desk import PATIENCE, URL
from tests.browser.sight import complaints
from tests.browser.world import World

PICTURES = Path(os.environ.get("TEST_PICTURES", ""))
WIDE, PHONE = {"width": 1366, "height": 850}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def counted(world: World) -> Iterator[World]:
	"""Children of the directorate, and every indicator computed; some of the values are moved to another day, so none stays."""
	frappe.set_user("Administrator")
	for number in range(4):
		factories.child(world.institution, sex="Female" if number % 2 else "Male")
	indicator_cases.delay(world.institution)
	tree = Tree()
	for code in frappe.get_all(keeping.INDICATOR, {"state": "Measured"}, pluck="name"):
		keeping.compute(code, tree)
	frappe.db.commit()
	yield world
	frappe.db.rollback()
	frappe.db.delete(keeping.VALUE)
	frappe.db.commit()


def test_the_dashboard(desk_of, counted: World) -> None:
	desk = desk_of(counted.users()["officer"])
	desk.go("indicators")
	desk.page.locator(".sc-dashboard:not([aria-busy]) .sc-tile").first.wait_for(timeout=PATIENCE)
	desk.settle()
	row = desk.page.locator("tr", has=desk.page.get_by_role("link", name="F01"))
	expect(row.locator("svg.sc-course polyline")).to_have_count(1)
	expect(desk.page.get_by_text("سجل تدريب العاملين")).to_be_visible()
	assert complaints(desk.page) == []
	picture(desk, "indicators.png", WIDE)
	picture(desk, "indicators-phone.png", PHONE)
	assert complaints(desk.page) == []
	desk.page.set_viewport_size(WIDE)
	rows = desk.page.locator("tr", has=desk.page.get_by_role("link", name="K01")).locator("a.sc-figure").last
	rows.click()
	desk.page.locator(".list-row-container").first.wait_for(timeout=PATIENCE)
	assert "/app/child" in desk.page.url
	desk.watch.expect_quiet()


def picture(desk, name: str, size: dict) -> None:
	desk.page.set_viewport_size(size)
	desk.settle()
	if PICTURES.name:
		desk.page.set_viewport_size(size | {"height": 4000})
		desk.page.locator(".sc-dashboard").screenshot(path=PICTURES / name, animations="disabled")


def test_the_report(desk_of, counted: World) -> None:
	desk = desk_of(counted.users()["head"])
	desk.go("query-report/Indicators by Place?indicator=F01&with_dimensions=1")
	desk.page.locator(".dt-row").nth(1).wait_for(timeout=PATIENCE)
	desk.page.locator(".chart-container svg").first.wait_for(timeout=PATIENCE)
	desk.settle()
	assert complaints(desk.page) == []
	if PICTURES.name:
		desk.page.screenshot(path=PICTURES / "indicator-report.png", animations="disabled")


def test_the_public_page(desk_of, counted: World) -> None:
	frappe.db.set_single_value("Social Care Settings", "figures_in_public", 1)
	day = add_days(nowdate(), -1)
	frappe.db.set_value(
		keeping.VALUE, {"indicator": ["in", ["K01", "K02"]]}, {"period_start": day, "period_end": day}
	)
	frappe.clear_document_cache("Social Care Settings", "Social Care Settings")
	public.forget()
	frappe.db.commit()
	desk = desk_of(counted.users()["head"])
	try:
		desk.page.goto(f"{URL}/figures")
		expect(desk.page.get_by_role("heading", level=1)).to_have_text("أرقام الرعاية الاجتماعية")
		expect(desk.page.locator("section h2").first).to_be_visible()
		if PICTURES.name:
			desk.page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
			desk.page.screenshot(path=PICTURES / "figures.png", full_page=True)
	finally:
		frappe.db.set_single_value("Social Care Settings", "figures_in_public", 0)
		frappe.clear_document_cache("Social Care Settings", "Social Care Settings")
		frappe.db.commit()
