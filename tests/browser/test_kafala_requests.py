"""A permit to travel on the desk: on the file of its family, and from the request to the file; the lists of those who wait."""

import frappe
import pytest
from frappe.utils import add_days, nowdate
from isolation.citizens import publish, sample_form
from playwright.sync_api import expect
from social_care.tests import factories
from social_care_kafala.tests import cases, matching_cases

from engine import paths
from tests.browser.conftest import Opener
from tests.browser.desk import PATIENCE, Desk
from tests.browser.sight import complaints
from tests.browser.world import World, _person

RUNS_LAST = True  # the service stays on the site
SERVICE, REQUESTS, FILE = "SC-16", "Kafala Travel Permit Request", "Kafala Family File"
PICTURES = paths.ROOT / "var" / "pictures"


@pytest.fixture(scope="module")
def scene(world: World) -> dict[str, str]:
	publish(SERVICE)
	district = frappe.db.get_value("Institution", world.institution, "org_unit")
	child = factories.child(world.institution)
	file = cases.file(district)
	lived = {"child": child.name, "handed_over_on": add_days(nowdate(), -200)}
	cases.at(file, "Kafala Follow-Up", **lived)
	waiting = matching_cases.looking(district, wished_sex="Female", wished_age_from=1, wished_age_to=4)
	cases.at(waiting, "Viewing Letter", approved_on=add_days(nowdate(), -40))
	matching_cases.waiting_child(world.institution, sex="Female")
	specialist = _person(cases.SPECIALIST, {"org_unit": district}, "سلوى عادل")
	applicant = file.adults[1]
	request = frappe.get_doc(
		sample_form(SERVICE)
		| {"doctype": REQUESTS, "org_unit": district, "child": child.name}
		| {"applicant_name": applicant.full_name, "applicant_phone": "01007654321"}
		| {"applicant_national_number": applicant.national_number}
	).insert()
	frappe.db.commit()
	return {"file": file.name, "waiting": waiting.name, "request": request.name, "specialist": specialist}


def look(desk: Desk, name: str) -> None:
	"""Arabic, from right to left, no wider than its window."""
	PICTURES.mkdir(exist_ok=True)
	desk.settle()
	desk.picture(PICTURES / f"kafala-{name}.png")
	assert not complaints(desk.page, ("SC",))  # the code of the request


def test_the_file_and_the_request_name_each_other(desk_of: Opener, scene: dict[str, str]) -> None:
	desk = desk_of(scene["specialist"])
	desk.go(f"kafala-family-file/{scene['file']}")
	desk.open_tab("decisions_tab")
	row = desk.control("requests_html").locator("tbody tr")
	expect(row).to_have_count(1, timeout=PATIENCE)
	expect(row).to_contain_text(scene["request"])
	expect(row).to_contain_text("السعودية")
	row.scroll_into_view_if_needed()
	look(desk, "requests")
	desk.click(row.locator("a"))
	expect(desk.page.locator(".form-message:visible").first).to_contain_text(scene["file"], timeout=PATIENCE)
	expect(desk.page.locator(".form-message:visible").first).to_contain_text("هذا الطلب بشأن")
	desk.picture(PICTURES / "kafala-request-of-a-family.png")


def test_a_family_without_requests_has_no_such_section(desk_of: Opener, scene: dict[str, str]) -> None:
	desk = desk_of(scene["specialist"])
	desk.go(f"kafala-family-file/{scene['waiting']}")
	desk.open_tab("decisions_tab")
	expect(desk.control("requests_html")).to_be_hidden()


@pytest.mark.parametrize("report", ["Families Waiting for a Child", "Children Waiting for a Family"])
def test_the_lists_of_those_who_wait(desk_of: Opener, scene: dict[str, str], report: str) -> None:
	desk = desk_of(scene["specialist"])
	desk.go(f"query-report/{report}")
	expect(desk.page.locator(".dt-row-0:visible").first).to_be_visible(timeout=PATIENCE)
	expect(desk.page.get_by_text("أطول انتظار (بالأيام)").first).to_be_visible(timeout=PATIENCE)
	look(desk, report.lower().replace(" ", "-"))
