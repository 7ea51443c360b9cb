"""A transfer as those who take part in it see it: proposed, decided, accepted, handed over."""

import os
from dataclasses import dataclass
from pathlib import Path

import frappe
import pytest
from playwright.sync_api import expect
from social_care.tests import factories

from engine import paths
from tests.browser.desk import PATIENCE, Desk
from tests.browser.sight import complaints
from tests.browser.world import World, _person, registered_child

PICTURES, DOCUMENTED = paths.ROOT / "var" / "pictures", paths.ROOT / "docs" / "screenshots"
IN_DOCS = {  # with SCREENSHOTS=1 in the environment the pictures of `docs/placement-moves.md` are taken anew
	*("dialog-wide", "proposed-wide", "asked-wide", "hand-over-wide", "file-of-the-receiver-wide"),
	*("dialog-phone", "asked-phone", "on-leave-wide"),
}
SIZES = {"wide": (1366, 850), "phone": (390, 844)}
INSTITUTION = "دار الأمان لرعاية الفتيان"


@dataclass
class Receiver:
	"""The institution that is asked, and its people."""

	institution: str
	director: str
	entry: str


@pytest.fixture(scope="module")
def receiver(world: World) -> Receiver:
	frappe.set_user("Administrator")
	district = frappe.db.get_value("Institution", world.institution, "org_unit")
	home = factories.institution(district, institution_name=INSTITUTION, licensed_capacity=0).name
	at_home = {"institution": home}
	made = Receiver(
		home,
		director=_person("Institution Director", at_home, "ليلى فوزي"),
		entry=_person("Institution Entry User", at_home, "هدى كمال"),
	)
	frappe.db.commit()
	return made


@pytest.fixture(scope="module")
def child(world: World) -> str:
	frappe.set_user("Administrator")
	family = factories.family().name
	factories.child(world.institution, family=family, first_name="مريم", sex="Female")
	frappe.db.commit()
	return registered_child(world, family=family, first_name="ياسين")


def look(desk: Desk, name: str) -> None:
	"""Arabic, from right to left and no wider than its window, on a wide screen and on a phone."""
	PICTURES.mkdir(exist_ok=True)
	for size, (wide, high) in SIZES.items():
		desk.page.set_viewport_size({"width": wide, "height": high})
		desk.settle()
		desk.page.evaluate("() => { $('.desk-alert').remove(); }")
		desk.picture(folder_of(f"{name}-{size}") / f"moves-{name}-{size}.png", wide, high)
		assert not complaints(desk.page), (name, size, complaints(desk.page))
	desk.page.set_viewport_size({"width": 1366, "height": 850})
	desk.settle()


def folder_of(picture: str) -> Path:
	return DOCUMENTED if os.environ.get("SCREENSHOTS") and picture in IN_DOCS else PICTURES


def field(box, name: str):
	return box.locator(f'[data-fieldname="{name}"]').locator("input, textarea, select").first


def choose_institution(desk: Desk, box, text: str) -> None:
	"""Type a part of the name, in another spelling, and take the proposal."""
	desk.click(field(box, "to_institution"))
	desk.type(text)
	proposal = box.locator('[data-fieldname="to_institution"] li', has_text=INSTITUTION)
	proposal.first.wait_for(timeout=PATIENCE)
	desk.click(proposal)
	desk.settle()


def propose(desk: Desk, child: str) -> None:
	desk.go(f"child/{child}")
	desk.click(desk.page.locator(".inner-group-button:visible > button", has_text="الرعاية"))
	desk.click(desk.page.locator(".inner-group-button:visible .dropdown-item", has_text="نقل الابن/الابنة"))
	box = desk.dialog()
	expect(field(box, "due_back_on")).to_be_hidden()
	choose_institution(desk, box, "الامان")
	expect(box.locator('[data-fieldname="weighed"]')).to_contain_text("السعة المرخصة", timeout=PATIENCE)
	field(box, "care_needs").fill("مدرسة إعدادية قريبة، ومتابعة دراسية")
	field(box, "sibling_separation_reason").fill("المؤسسة الحالية لا تستقبل سنه، والزيارة أسبوعية")
	look(desk, "dialog")
	field(box, "reason").select_option("MR-01")
	field(box, "child_view").fill("يريد أن يبقى قريبًا من أخته")
	field(box, "best_interests").fill("وُزنت البدائل؛ النقل إلى مؤسسة لسنه أصلح له مع زيارات أسبوعية لأخته")
	for name, value in (("decision_number", "14/2026"), ("decision_authority", "مدير المديرية")):
		field(box, name).fill(value)
	field(box, "decision_date").fill(frappe.utils.format_date(frappe.utils.nowdate(), "dd-mm-yyyy"))
	field(box, "decision_number").click()
	desk.settle()
	field(box, "best_interests").scroll_into_view_if_needed()
	look(desk, "dialog-below")
	desk.click(box.locator(".modal-footer .btn-primary:visible, .btn-modal-primary:visible"))
	box.wait_for(state="hidden", timeout=PATIENCE)
	desk.expect_state("في انتظار الموافقة")


def test_a_transfer_from_hand_to_hand(desk_of, world: World, receiver: Receiver, child: str) -> None:
	sender = desk_of(world.entry)
	propose(sender, child)
	name = sender.page.evaluate("cur_frm.doc.name")
	look(sender, "proposed")

	chief = desk_of(world.director)
	chief.go(f"placement-change/{name}")
	chief.action("الموافقة على الحركة")
	chief.expect_state("في انتظار القبول")

	director = desk_of(receiver.director)
	director.go("my-institution")
	assert director.card("طلبات نقل تنتظر الرد") == 1
	look(director, "card")
	director.open_list("placement-change")
	expect(director.page.locator(".list-row-container").first).to_contain_text(name, timeout=PATIENCE)
	look(director, "list")
	director.go(f"placement-change/{name}")
	expect(director.control("care_needs")).to_contain_text("مدرسة إعدادية", timeout=PATIENCE)
	assert "ياسين" not in director.page.locator("body").inner_text()
	expect(director.page.locator(".form-sidebar:visible")).to_contain_text("منى حسن", timeout=PATIENCE)
	look(director, "asked")
	director.action("قبول الابن/الابنة")
	director.expect_state("مجدول")

	taker = desk_of(receiver.entry)
	taker.go(f"placement-change/{name}")
	taker.action("تسجيل التسليم والتسلم")
	box = taker.dialog()
	field(box, "delivered_by").fill("منى حسن")
	field(box, "received_by").fill("هدى كمال")
	field(box, "handed_over_items").fill("شهادة الميلاد، دفتر التطعيمات، ملابس")
	look(taker, "hand-over")
	taker.click(box.locator(".modal-footer .btn-primary:visible, .btn-modal-primary:visible"))
	taker.expect_state("نُفذت")
	look(taker, "carried-out")
	taker.go(f"child/{child}")
	taker.open_tab("care_tab")
	expect(taker.control("placements_html")).to_contain_text(INSTITUTION, timeout=PATIENCE)
	look(taker, "file-of-the-receiver")

	sender.go(f"child/{child}")
	expect(sender.page.locator("body")).not_to_contain_text("ياسين", timeout=PATIENCE)
	sender.go(f"placement-change/{name}")
	sender.expect_state("نُفذت")
	look(sender, "row-of-the-sender")


def test_a_leave_and_the_return(desk_of, world: World) -> None:
	frappe.set_user("Administrator")
	child = registered_child(world, first_name="زياد")
	director = _person("Institution Director", {"institution": world.institution}, "سمير عدلي")
	frappe.db.commit()
	desk = desk_of(world.entry)
	desk.go(f"child/{child}")
	desk.click(desk.page.locator(".inner-group-button:visible > button", has_text="الرعاية"))
	desk.click(desk.page.locator(".inner-group-button:visible .dropdown-item", has_text="نقل الابن/الابنة"))
	box = desk.dialog()
	field(box, "movement").select_option("Temporary Leave")
	expect(field(box, "to_institution")).to_be_hidden(timeout=PATIENCE)
	due = frappe.utils.format_date(frappe.utils.add_days(frappe.utils.nowdate(), 3), "dd-mm-yyyy")
	desk.settle()  # the fields of the movement are drawn
	field(box, "due_back_on").fill(due)
	field(box, "leave_host").fill("الخالة")  # the day is left, and taken into the dialog
	expect(field(box, "due_back_on")).to_have_value(due, timeout=PATIENCE)
	desk.settle()  # what the movement needs has been asked of the server
	field(box, "reason").select_option("MR-41")
	look(desk, "leave")
	desk.click(box.locator(".modal-footer .btn-primary:visible, .btn-modal-primary:visible"))
	desk.expect_state("في انتظار الموافقة")
	name = desk.page.evaluate("cur_frm.doc.name")
	head = desk_of(director)
	head.go(f"placement-change/{name}")
	head.action("الموافقة على الخروج المؤقت")
	head.expect_state("في خروج مؤقت")
	desk.go(f"child/{child}")
	desk.open_tab("care_tab")
	expect(desk.control("placements_html")).to_contain_text("في خروج مؤقت", timeout=PATIENCE)
	look(desk, "on-leave")
	desk.click(desk.page.locator(".inner-group-button:visible > button", has_text="الرعاية"))
	desk.click(desk.page.locator(".inner-group-button:visible .dropdown-item", has_text="تسجيل العودة"))
	back = desk.dialog()
	desk.click(back.locator(".modal-footer .btn-primary:visible, .btn-modal-primary:visible"))
	expect(desk.control("placements_html")).not_to_contain_text("في خروج مؤقت", timeout=PATIENCE)
	frappe.db.rollback()
	assert frappe.db.get_value("Placement Change", name, "status") == "Carried Out"
