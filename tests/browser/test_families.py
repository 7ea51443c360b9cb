"""Families and the way out of care, as the director of a directorate and an institution's entry user see them."""

import os
from pathlib import Path

import frappe
import pytest
from frappe.utils import add_days, add_months, add_years, nowdate
from playwright.sync_api import expect
from social_care.tests import factories

from tests.browser.desk import PATIENCE, Desk
from tests.browser.sight import complaints
from tests.browser.world import World

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
SIZES = {"wide": (1366, 850), "phone": (390, 844)}
AREAS = ("Life Skills", "Housing", "Work", "Study", "Identity Papers", "Bank Account", "Relatives")
GOALS = ("إعداد الطعام وإدارة المصروف", "شقة مشتركة قرب العمل", "تدريب مهني ثم عمل", "استكمال المعهد")
MOTHER = "سعاد إبراهيم خليل"


@pytest.fixture(scope="module")
def young(world: World) -> dict[str, str]:
	"""A young man past eighteen with a sister beside him, a brother elsewhere, a plan, an extension and a search."""
	frappe.set_user("Administrator")
	origin = {"father_name": "حسن", "grandfather_name": "علي", "mother_full_name": MOTHER}
	family = factories.family(
		members=[
			{"relation": "Mother", "member_name": MOTHER, "life_status": "Alive", "phone": "+20 000 111"},
			{"relation": "Grandmother", "member_name": "فاطمة حسين", "life_status": "Alive"},
		]
	).name
	born = add_days(add_years(nowdate(), -18), -20)
	home = world.institution
	child = factories.child(home, first_name="كريم", family=family, birth_date=born, **origin).name
	factories.child(home, first_name="مريم", sex="Female", family=family, **origin)
	elsewhere = factories.institution(factories.org_unit("Social Administration", "HQ").name)
	factories.child(elsewhere.name, first_name="يوسف", family=family, **origin)
	factories.child(home, first_name="سلمى", sex="Female", birth_date=add_days(add_years(nowdate(), -18), 90))
	papers = {doctype: make(child) for doctype, make in PAPERS.items()}
	frappe.db.commit()
	return {"child": child, **papers}


def plan_of(child: str) -> str:
	words = (*GOALS, "استخراج بطاقة الرقم القومي", "فتح حساب في بنك ناصر", "زيارة الأم كل شهر")
	goals = [
		{"area": area, "goal": goal, "responsible": "منى حسن", "due_date": add_months(nowdate(), 6)}
		for area, goal in zip(AREAS, words, strict=True)
	]
	values = {
		"young_person_view": "أريد أن أعمل وأسكن قريبًا من أختي",
		"planned_exit_date": add_months(nowdate(), 3),
	}
	return factories.paper("Aftercare Plan", child, goals=goals, **values)


def search_for(child: str) -> str:
	step = {"step_date": nowdate(), "action": "Home Visit", "result": "انتقلت الأم", "done_by": "منى حسن"}
	values = {"next_step": "مخاطبة السجل المدني", "next_step_due": add_days(nowdate(), 10), "steps": [step]}
	return factories.paper("Family Tracing", child, relation="Mother", **values)


def stay_of(child: str) -> str:
	values = {"valid_from": nowdate(), "valid_until": add_months(nowdate(), 10), "stage": "University"}
	return factories.paper("Stay Extension", child, **values)


PAPERS = {"plan": plan_of, "search": search_for, "stay": stay_of}


def look(desk: Desk, name: str) -> None:
	"""Arabic, from right to left and no wider than its window, on a wide screen and on a phone."""
	for size, (wide, high) in SIZES.items():
		desk.page.set_viewport_size({"width": wide, "height": high})
		desk.settle()
		assert not complaints(desk.page), (name, size, complaints(desk.page))
		if os.environ.get("SCREENSHOTS"):
			desk.page.evaluate("() => { $('.desk-alert').remove(); }")
			desk.picture(PICTURES / f"families-{name}-{size}.png", wide, high)
	desk.page.set_viewport_size({"width": 1366, "height": 850})


def test_siblings_and_aftercare_in_the_file(desk_of, world: World, young: dict[str, str]) -> None:
	desk = desk_of(world.entry)
	desk.go(f"child/{young['child']}")
	desk.open_tab("origin_tab")
	panel = desk.control("siblings_html")
	panel.scroll_into_view_if_needed()
	expect(panel).to_contain_text("مريم", timeout=PATIENCE)
	expect(panel).to_contain_text("أشقاء")
	expect(panel).to_contain_text("في الرعاية لدى جهة أخرى")
	expect(panel).not_to_contain_text("يوسف")
	expect(desk.control("kin_html")).to_contain_text(young["search"])
	look(desk, "siblings")
	desk.open_tab("aftercare_tab")
	expect(desk.control("aftercare_html")).to_contain_text(young["plan"])
	look(desk, "aftercare-tab")
	desk.watch.expect_quiet()


def test_the_tab_is_hidden_for_the_young(desk_of, world: World, young: dict[str, str]) -> None:
	desk = desk_of(world.entry)
	other = frappe.db.get_value("Child", {"first_name": "مريم", "institution": world.institution})
	desk.go(f"child/{other}")
	expect(desk.page.locator('.form-tabs .nav-link[data-fieldname="origin_tab"]')).to_be_visible(
		timeout=PATIENCE
	)
	expect(desk.page.locator('.form-tabs .nav-link[data-fieldname="aftercare_tab"]')).to_be_hidden()


def test_the_list_of_leavers_and_a_plan(desk_of, world: World, young: dict[str, str]) -> None:
	desk = desk_of(world.director)
	desk.go("families-and-aftercare")
	desk.card("تجاوزوا سن الخروج دون إجراء")
	look(desk, "workspace")
	desk.go("query-report/Children About to Leave Care")
	expect(desk.page.locator(".dt-scrollable").first).to_contain_text("كريم", timeout=PATIENCE)
	expect(desk.page.locator(".dt-scrollable").first).to_contain_text("متأخر")
	look(desk, "leavers")
	desk.go(f"aftercare-plan/{young['plan']}")
	expect(desk.control("goals")).to_contain_text("شقة مشتركة", timeout=PATIENCE)
	look(desk, "plan")
	desk.watch.expect_quiet()
