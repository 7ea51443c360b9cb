"""A child for a family on the desk: suggested with reasons, reserved, the letter issued by the directorate and printed."""

import frappe
import pytest
from frappe.utils import add_days, nowdate
from playwright.sync_api import expect
from social_care_kafala.kafala.matching import states
from social_care_kafala.tests import cases, matching_cases

from engine import paths
from tests.browser.desk import PATIENCE, URL, Desk
from tests.browser.sight import complaints
from tests.browser.world import World, _person

PICTURES = paths.ROOT / "var" / "pictures"
SIZES = {"wide": (1366, 850), "phone": (390, 844)}


@pytest.fixture(scope="module")
def scene(world: World) -> dict[str, str]:
	frappe.set_user("Administrator")
	district = frappe.db.get_value("Institution", world.institution, "org_unit")
	directorate = frappe.db.get_value("Org Unit", district, "parent_org_unit")
	frappe.db.sql("update `tabChild` set kafala_candidate=0 where kafala_candidate=1")
	child = matching_cases.waiting_child(world.institution, first_name="ياسمين", sex="Female")
	matching_cases.waiting_child(world.institution, birth_date=add_days(nowdate(), -365 * 7))
	wishes = {"wished_sex": "Female", "wished_age_from": 1, "wished_age_to": 4}
	adults = [
		cases.adult("Husband", first_name="كريم", father_name="محمد", family_name="الشافعي"),
		cases.adult("Wife", 35, first_name="نادية", father_name="حسين", family_name="عمر"),
	]
	file = matching_cases.looking(district, adults=adults, **wishes)
	made = {
		"file": file.name,
		"child": child.name,
		"specialist": _person(cases.SPECIALIST, {"org_unit": district}, "سلوى منير"),
		"chief": _person("Directorate Director", {"org_unit": directorate}, "هاني شكري"),
	}
	frappe.db.commit()
	return made


def look(desk: Desk, name: str) -> None:
	"""Arabic, from right to left and no wider than its window, on a wide screen and on a phone."""
	PICTURES.mkdir(exist_ok=True)
	for size, (wide, high) in SIZES.items():
		desk.page.set_viewport_size({"width": wide, "height": high})
		desk.settle()
		desk.picture(PICTURES / f"matching-{name}-{size}.png", wide, high)
		assert not complaints(desk.page), (name, size, complaints(desk.page))
	desk.page.set_viewport_size({"width": 1366, "height": 850})
	desk.settle()


def test_from_the_suggestion_to_the_letter(desk_of, scene: dict[str, str]) -> None:
	desk = desk_of(scene["specialist"])
	desk.go(f"kafala-family-file/{scene['file']}")
	desk.click(desk.page.get_by_role("button", name="ترشيح أبناء"))
	box = desk.dialog()
	rows = box.locator(".suggested-children tbody tr")
	expect(rows).to_have_count(2, timeout=PATIENCE)
	expect(rows.first).to_contain_text(scene["child"])
	assert "ياسمين" not in box.inner_text()
	look(desk, "suggested")
	desk.click(rows.first.get_by_role("button", name="حجز"))
	desk.click(desk.dialog().get_by_role("button", name="نعم"))
	desk.page.wait_for_url("**/kafala-reservation/KM-*", timeout=PATIENCE)
	desk.expect_state("الطفل محجوز")
	name = desk.page.evaluate("cur_frm.doc.name")
	look(desk, "reserved")

	chief = desk_of(scene["chief"])
	chief.go(f"kafala-reservation/{name}")
	chief.action("إصدار الخطاب")
	chief.expect_state("الأسرة تزور الطفل")
	look(chief, "letter-issued")
	letter = chief.context.request.get(
		f"{URL}/api/method/frappe.utils.print_format.download_pdf",
		params={"doctype": states.DOCTYPE, "name": name, "format": "Kafala Viewing Letter"},
		timeout=PATIENCE,
	)
	assert letter.ok and letter.body().startswith(b"%PDF")
	(PICTURES / "viewing-letter.pdf").write_bytes(letter.body())
	chief.open_list("kafala-reservation")
	expect(chief.page.locator(".list-row-container").first).to_contain_text(name, timeout=PATIENCE)
	look(chief, "list")
