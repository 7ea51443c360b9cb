"""A directorate writes a campaign that makes kafala known, from its days to what was achieved; the report counts who came by it."""

import frappe
from frappe.utils import add_days, nowdate
from playwright.sync_api import expect

from engine import paths
from tests.browser.conftest import Opener
from tests.browser.desk import PATIENCE, Desk
from tests.browser.hands import in_cell, put, written
from tests.browser.sight import complaints
from tests.browser.world import World

PICTURES = paths.ROOT / "var" / "pictures"
SIZES = {"wide": (1366, 1100), "phone": (390, 844)}
NAME = "بيت لكل طفل"


def look(desk: Desk, name: str) -> None:
	"""Arabic, from right to left and no wider than its window, at a desk and on a phone."""
	PICTURES.mkdir(exist_ok=True)
	for size, (wide, high) in SIZES.items():
		desk.page.set_viewport_size({"width": wide, "height": high})
		desk.settle()
		desk.picture(PICTURES / f"campaign-{name}-{size}.png", wide, high)
		assert not complaints(desk.page), (name, size, complaints(desk.page))
	desk.page.set_viewport_size({"width": 1366, "height": 850})
	desk.settle()


def test_from_the_plan_to_the_result(desk_of: Opener, world: World) -> None:
	desk = desk_of(world.director)
	desk.go("kafala-awareness-campaign/new")
	put(desk, title=NAME, starts_on=add_days(nowdate(), -5), ends_on=nowdate(), audience="أسر المحافظة")
	desk.tab_to("org_unit")
	desk.choose_link("مديرية التضامن الاجتماعي بالقاهرة")
	desk.click(desk.control("activities").locator(".grid-add-row"))
	desk.page.wait_for_function("() => (cur_frm.doc.activities || []).length === 1", timeout=PATIENCE)
	in_cell(desk, "activities", 0, "day", nowdate(), written(nowdate()))
	in_cell(desk, "activities", 0, "activity", "ندوة بمركز شباب")
	in_cell(desk, "activities", 0, "people_reached", 60)
	desk.save()
	assert desk.value("people_reached") == 60
	look(desk, "planned")
	put(desk, status="Campaign Held", result="زاد عدد المتقدمين")
	desk.save()
	desk.expect_state("نُفذت الحملة")
	look(desk, "held")
	frappe.db.rollback()
	found = frappe.db.get_value("Kafala Awareness Campaign", {"title": NAME}, ["org_unit", "closed_on"])
	assert found[0] == world.directorate and found[1]
	desk.open_list("kafala-awareness-campaign")
	expect(desk.page.locator(".list-row-container").first).to_contain_text(NAME, timeout=PATIENCE)
	look(desk, "list")
	desk.go("query-report/Demand for Kafala?by=Awareness Campaign")
	look(desk, "report")
	desk.watch.expect_quiet()
