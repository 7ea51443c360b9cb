"""A closing at the desk: the proposal made in the background, the children's rows, and the approval by other hands."""

from dataclasses import dataclass

import frappe
import pytest
from frappe.utils import nowdate
from playwright.sync_api import expect
from social_care.tests import factories

from engine import paths
from tests.browser.desk import PATIENCE, Desk
from tests.browser.sight import complaints
from tests.browser.world import World, _person

PICTURES = paths.ROOT / "var" / "pictures"
SIZES = {"wide": (1366, 850), "phone": (390, 844)}
NEAR = "دار السلام للأبناء"


@dataclass
class Closing:
	"""A case whose children are being placed, who works on it, who directs the institution, and a child."""

	name: str
	director: str
	home_director: str
	child: str


@pytest.fixture(scope="module")
def closing(world: World) -> Closing:
	frappe.set_user("Administrator")
	unit = factories.org_unit(unit_name="مديرية التضامن بالوادي الجديد").name
	north = {"licensed_capacity": 8, "age_from": 0, "age_to": 18, "map_longitude": 26.5}
	home = factories.institution(unit, institution_name="دار الوفاء", map_latitude=24.1, **north).name
	factories.institution(unit, institution_name=NEAR, map_latitude=24.15, **north)
	family = factories.family().name
	children = [factories.child(home, family=family).name for _number in range(2)]
	children.append(factories.child(home).name)
	doc = frappe.get_doc({"doctype": "Closing Case", "institution": home, **memo()}).insert()
	for status, values in path():
		doc.update({"status": status} | values)
		doc.save()
	director = _person("Directorate Director", {"org_unit": unit}, "نادية صبري")
	at_home = _person("Institution Director", {"institution": home}, "هشام فريد")
	frappe.db.commit()
	return Closing(doc.name, director, at_home, children[0])


def memo() -> dict:
	return {"memo": "مخالفات متكررة", "reason": "Grave Violations", "expected_result": "Final Closing"}


def path() -> tuple[tuple[str, dict], ...]:
	order = {"decision_number": "٧/٢٠٢٦", "decision_date": nowdate(), "decision_authority": "وزيرة التضامن"}
	return (
		("Before the Legal Adviser", {}),
		("Opinion Given", {"legal_opinion": "يجوز قانونا"}),
		("Ordered", order),
		("Interim Supervision", {"supervisor_name": "هدى محمود", "supervision_from": nowdate()}),
		("Re-placement", {}),
	)


def look(desk: Desk, name: str) -> None:
	"""Arabic, from right to left and no wider than its window, on a wide screen and on a phone."""
	PICTURES.mkdir(exist_ok=True)
	for size, (wide, high) in SIZES.items():
		desk.page.set_viewport_size({"width": wide, "height": high})
		desk.settle()
		desk.picture(PICTURES / f"closing-{name}-{size}.png", wide, high)
		assert not complaints(desk.page), (name, size, complaints(desk.page))
	desk.page.set_viewport_size({"width": 1366, "height": 850})
	desk.settle()


def press(desk: Desk, label: str) -> None:
	"""A button of the group that the proposal has."""
	group = desk.page.locator(".inner-group-button:visible", has_text="مقترح أماكن الأبناء")
	desk.click(group.locator("button"))
	desk.click(desk.page.locator(".dropdown-item:visible", has_text=label))


def row_of(closing: Closing) -> str:
	return frappe.db.get_value("Closing Placement", {"child": closing.child})


def heard(closing: Closing) -> None:
	"""What the institution and the committee have to write before an approval."""
	said = {"child_view": "يريد البقاء قريبا من مدرسته", "best_interests": "وُزنت البدائل"}
	frappe.db.set_value("Closing Placement", {"closing_case": closing.name}, said)
	doc = frappe.get_doc("Closing Case", closing.name)
	minutes = {"committee": "لجنة إعادة الإيداع", "plan_decision_number": "٣/٢٠٢٦"}
	doc.update(minutes | {"plan_decision_date": nowdate()})
	doc.save()
	frappe.db.commit()


def world_adviser() -> str:
	frappe.set_user("Administrator")
	user = _person("Legal Adviser", {"org_unit": "HQ"}, "طارق حميد")
	frappe.db.commit()
	return user


def advised(desk: Desk, closing: Closing) -> None:
	"""The legal adviser's opinion on the committee's decision, by the button."""
	desk.go(f"closing-case/{closing.name}")
	desk.click(desk.page.locator(".custom-actions button:visible", has_text="الرأي القانوني في قرار اللجنة"))
	box = desk.dialog()
	box.locator("textarea").fill("القرار سليم من الناحية القانونية")
	desk.click(box.locator(".btn-modal-primary, .btn-primary"))
	desk.page.wait_for_function("() => cur_frm.doc.plan_opinion_on", timeout=PATIENCE)
	desk.settle()


def approve(desk: Desk, closing: Closing) -> None:
	desk.go(f"closing-case/{closing.name}")
	press(desk, "اعتماد")
	desk.click(desk.dialog().locator(".btn-modal-primary, .btn-primary"))


def test_from_the_search_to_the_approval(desk_of, closing: Closing, world: World) -> None:
	desk = desk_of(closing.director)
	desk.go(f"closing-case/{closing.name}")
	desk.expect_state("إعادة إيداع الأبناء")
	expect(desk.page.get_by_text("أبناء ما زالوا مقيمين في المؤسسة", exact=False).first).to_be_visible()
	look(desk, "case")
	press(desk, "اقترح الأماكن")
	desk.page.wait_for_function("() => cur_frm.doc.proposal_state === 'Ready'", timeout=PATIENCE)
	desk.settle()
	assert (desk.value("proposal_proof"), desk.value("proposal_unplaced")) == ("Optimal", 0)
	name = row_of(closing)
	desk.open_list(f"closing-placement?closing_case={closing.name}")
	expect(desk.page.locator(".list-row:visible", has_text=closing.child)).to_have_count(1, timeout=PATIENCE)
	expect(desk.page.locator(".result:visible")).not_to_contain_text(name)
	look(desk, "rows")
	desk.go(f"closing-placement/{name}")
	desk.page.wait_for_function("() => cur_frm && cur_frm.doc.to_institution_name", timeout=PATIENCE)
	assert desk.value("to_institution_name") == NEAR
	expect(desk.page.locator(".page-head:visible .title-text")).to_have_text(closing.child)
	look(desk, "row")

	at_home = desk_of(closing.home_director)
	at_home.go(f"closing-placement/{name}")
	at_home.page.wait_for_function("() => cur_frm && cur_frm.doc.child", timeout=PATIENCE)
	assert not at_home.value("to_institution_name")
	expect(at_home.page.locator(".form-page:visible")).not_to_contain_text(NEAR)
	look(at_home, "row-of-the-institution")

	heard(closing)
	advised(desk_of(world_adviser()), closing)
	approve(desk, closing)
	assert "من وضع خطة الأبناء لا يعتمدها" in desk.message()
	desk.press("Escape")
	head = desk_of(world.head)
	approve(head, closing)
	head.page.wait_for_function("() => cur_frm.doc.plan_approved_on", timeout=PATIENCE)
	frappe.db.rollback()
	rows = frappe.get_all(
		"Closing Placement", {"closing_case": closing.name}, ["status", "decided_institution_name"]
	)
	assert [(row.status, row.decided_institution_name) for row in rows] == [("Approved", NEAR)] * 3
	at_home.page.reload()
	at_home.page.wait_for_function("() => cur_frm && cur_frm.doc.decided_institution_name", timeout=PATIENCE)
	look(at_home, "row-decided")


def test_the_report(desk_of, closing: Closing) -> None:
	desk = desk_of(closing.director)
	desk.go("query-report/Closings and Their Follow-up")
	expect(desk.page.get_by_text("دار الوفاء").first).to_be_visible(timeout=PATIENCE)
	look(desk, "report")
