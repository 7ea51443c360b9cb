"""What is due in the work with children, as a social worker sees it: calendar, report, cards."""

import frappe
import pytest
from frappe.utils import add_days, nowdate
from playwright.sync_api import expect
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


def test_a_review_with_the_childs_own_view(desk_of, child: str, social_worker: str) -> None:
	"""A review is refused without the child's view, held with it, and moves the next one."""
	desk = desk_of(social_worker)
	desk.go(f"child/{child}")
	desk.open_tab("future_tab")
	look(desk, "plan-tab")
	desk.click(desk.page.locator(".social-care-plan [data-new='Care Review']"))
	desk.page.wait_for_function("() => cur_frm?.doctype === 'Care Review'", timeout=PATIENCE)
	desk.settle()
	assert desk.value("review_kind") == "RK-01"
	fill_date(desk, "held_on", nowdate())
	desk.page.evaluate(
		"""() => {
			cur_frm.set_value("placement_necessary", "Yes");
			cur_frm.set_value("placement_suitable", "Yes");
			cur_frm.add_child("participants", { capacity: "Child" });
			cur_frm.add_child("participants", { capacity: "Social Worker", participant_name: "سلوى أحمد" });
			cur_frm.add_child("decisions", { decision: "زيارة للأسرة", responsible: "الأخصائي الاجتماعي" });
		}"""
	)
	desk.settle()
	desk.save()
	desk.click(desk.page.get_by_role("button", name="إكمال المراجعة"))
	assert "رأي" in desk.message()
	look(desk, "review-refused")
	desk.watch.forget()
	desk.page.keyboard.press("Escape")
	desk.settle()
	write(desk, "child_view", "يريد أن يزور أسرته أكثر")
	look(desk, "review-form")
	desk.click(desk.page.get_by_role("button", name="إكمال المراجعة"))
	desk.page.wait_for_function(
		"() => !cur_frm.is_dirty() && cur_frm.doc.status === 'Completed'", timeout=PATIENCE
	)
	desk.settle()
	look(desk, "review-completed")
	frappe.db.rollback()
	row = frappe.db.get_value("Child", child, ["next_review_due"], as_dict=True)
	assert str(row.next_review_due) > nowdate()
	desk.watch.expect_quiet()


def test_an_event_reported_late(desk_of, child: str, social_worker: str, world: World) -> None:
	"""The clock runs from the discovery: the form warns, the report is marked as late, the list tells it."""
	desk = desk_of(social_worker)
	desk.go("significant-event/new")
	desk.tab_to("child")
	desk.choose_link(child)
	desk.tab_to("event_kind")
	desk.choose_link("حادث جسيم")
	for field in ("occurred_on", "discovered_on"):
		desk.page.evaluate(
			"([field, at]) => cur_frm.set_value(field, at)", [field, f"{add_days(nowdate(), -5)} 09:00:00"]
		)
	write(desk, "description", "سقوط من السلم")
	look(desk, "event-new")
	desk.save()
	expect(desk.page.locator(".form-message:visible").first).to_contain_text(
		"كان الإبلاغ مستحقًا", timeout=PATIENCE
	)
	expect(desk.control("institution")).to_contain_text("دار النور لرعاية الأطفال", timeout=PATIENCE)
	look(desk, "event-late")
	desk.action("الإبلاغ عن الحدث")
	desk.page.wait_for_function("() => cur_frm.doc.status === 'Reported'", timeout=PATIENCE)
	desk.settle()
	assert desk.value("reported_late") == 1
	look(desk, "event-reported")
	desk.open_list("significant-event")
	look(desk, "events")
	desk.go(f"child/{child}")
	desk.open_tab("events_tab")
	desk.page.locator(".social-care-timeline .entries li").first.wait_for(timeout=PATIENCE)
	desk.settle()
	look(desk, "time-line")
	desk.watch.expect_quiet()


def fill_date(desk: Desk, field: str, day: str) -> None:
	"""Type a day as people write it."""
	desk.tab_to(field)
	desk.press("Control+a")
	desk.type("-".join(reversed(day.split("-"))))
	desk.press("Tab")


def write(desk: Desk, field: str, text: str) -> None:
	desk.click(desk.control(field).locator("textarea"))
	desk.type(text)
	desk.press("Tab")
	desk.settle()
