"""Whoever may make a record of a kind, but not change it later, fills its form and saves it once."""

import frappe
from playwright.sync_api import expect
from social_care.tests import factories

from tests.browser.desk import PATIENCE, Desk
from tests.browser.world import World, _person

KIND = "Rapid Intervention Case"


def test_a_report_is_registered_by_who_only_makes_it(desk_of, world: World) -> None:
	worker = _person("Social Unit Worker", {"org_unit": world.directorate}, "سعاد منير")
	frappe.db.commit()
	rights = {row.role: (row.create, row.write) for row in frappe.get_meta(KIND).permissions}
	assert rights["Social Unit Worker"] == (1, 0)
	desk: Desk = desk_of(worker)
	desk.go("rapid-intervention-case/new")
	address = factories.letters()
	for field, text in (("address", address), ("description", "طفل بلا مأوى أمام المحطة")):
		desk.page.locator(f"[data-fieldname={field}] textarea:visible").fill(text)
	links = {"case_kind": frappe.get_all("Intervention Kind", pluck="name")[0], "org_unit": world.directorate}
	desk.page.evaluate("links => cur_frm.set_value(links)", links)
	desk.settle()
	desk.page.get_by_role("button", name="حفظ", exact=True).click()
	desk.page.wait_for_function("() => !cur_frm.is_new()", timeout=PATIENCE)
	desk.settle()
	expect(desk.page.locator("[data-fieldname=address] textarea:visible")).to_have_count(0)
	frappe.db.rollback()  # what the web process stored since
	assert frappe.db.get_value(KIND, {"address": address}, "owner") == worker
	desk.watch.expect_quiet()
