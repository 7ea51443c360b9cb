"""Two files of one child, from the form that warns of it to the merge and its undoing, in the eyes of those who take part."""

import frappe
import pytest
from frappe.utils import add_days, nowdate
from playwright.sync_api import expect
from social_care.registry.duplicates import compare, pair_key

from engine import paths
from tests.browser.desk import PATIENCE, Desk
from tests.browser.sight import complaints
from tests.browser.world import World, registered_child

PICTURES = paths.ROOT / "var" / "pictures"
PHONE = {"wide": 390, "high": 844}
CHILD = {
	"first_name": "يحيى",
	"father_name": "عبد الحميد",
	"family_name": "البلتاجي",
	"birth_date": "2016-05-04",
}


@pytest.fixture(scope="module")
def pair(world: World) -> tuple[str, str, str]:
	"""The candidate, and two files of one child, the second with another spelling and an exchanged date."""
	one = registered_child(
		world, **CHILD, admission_date=add_days(nowdate(), -300), mother_full_name="سعاد فتحي"
	)
	parts = frappe.db.get_value("Child", one, ["grandfather_name", "person"], as_dict=True)
	again = {
		"father_name": "عبدالحميد",
		"birth_date": "2016-04-05",
		"grandfather_name": parts.grandfather_name,
	}
	other = registered_child(world, **{**CHILD, **again}, mother_full_name="سعاد فتحي", hobbies="الرسم")
	person = frappe.db.get_value("Child", other, "person")
	compare([person])
	frappe.db.commit()
	return (
		frappe.db.get_value("Duplicate Candidate", {"pair_key": pair_key(parts.person, person)}),
		one,
		other,
	)


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


def merge_of(candidate: str) -> dict:
	frappe.db.rollback()
	return frappe.db.get_value("Person Merge", {"candidate": candidate}, ["name", "status"], as_dict=True)


def test_the_form_of_a_new_child_asks_first(desk_of, world: World, pair) -> None:
	desk = desk_of(world.entry)
	desk.go("child/new")
	desk.page.evaluate(
		"""(values) => cur_frm.set_value({ ...values, sex: "Male", admission_reason: "AR-03" })""",
		{**CHILD, "grandfather_name": frappe.db.get_value("Child", pair[1], "grandfather_name")},
	)
	desk.settle()
	desk.page.evaluate("() => { cur_frm.save(); }")
	dialog = desk.dialog()
	expect(dialog).to_contain_text(pair[1], timeout=PATIENCE)
	look(desk, "duplicates-asked")
	dialog.locator(".btn-modal-secondary").click()
	assert desk.page.evaluate("() => cur_frm.is_new()")


def test_side_by_side_proposed_accepted_and_undone(desk_of, world: World, pair) -> None:
	candidate, one, other = pair
	desk = desk_of(world.officer)
	desk.go(f"duplicate-candidate/{candidate}")
	expect(desk.page.locator(".social-care-two")).to_contain_text("يحيى", timeout=PATIENCE)
	look(desk, "duplicates-side-by-side")
	desk.page.locator('input[name="duplicates-hobbies"]').first.wait_for(state="attached")
	stays = int(
		frappe.db.get_value("Duplicate Candidate", candidate, "person")
		!= frappe.db.get_value("Child", one, "person")
	)
	desk.page.locator(f'input[name="duplicates-stay"][value="{stays}"]').check()
	desk.click(desk.page.get_by_role("button", name="شخص واحد: دمج"))
	desk.dialog().locator("textarea").fill("الأوراق واحدة")
	look(desk, "duplicates-propose")
	desk.dialog().locator(".btn-modal-primary").click()
	desk.page.get_by_role("button", name="فتح الدمج").wait_for(timeout=PATIENCE)
	assert merge_of(candidate).status == "Proposed"

	chief = desk_of(world.director)
	chief.go(f"person-merge/{merge_of(candidate).name}")
	chief.click(chief.page.get_by_role("button", name="قبول"))
	chief.page.get_by_role("button", name="إلغاء الدمج").wait_for(timeout=PATIENCE)
	look(chief, "duplicates-merged")
	assert merge_of(candidate).status == "Merged"
	assert frappe.db.get_value("Child", one, "hobbies") == "الرسم"

	chief.go(f"child/{other}")
	expect(chief.page.locator(".form-message, .form-intro-area").filter(has_text=one).first).to_be_visible(
		timeout=PATIENCE
	)
	look(chief, "duplicates-signpost")

	chief.go(f"person-merge/{merge_of(candidate).name}")
	chief.click(chief.page.get_by_role("button", name="إلغاء الدمج"))
	chief.dialog().locator("textarea").fill("خطأ")
	chief.dialog().locator(".btn-modal-primary").click()
	chief.page.wait_for_function("() => cur_frm.doc.status === 'Undone'", timeout=PATIENCE)
	assert merge_of(candidate).status == "Undone"
