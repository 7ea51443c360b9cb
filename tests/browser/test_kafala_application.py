"""A couple applies for kafala on a telephone, the administration takes it in, visits and studies the family and has it trained."""

from pathlib import Path

import frappe
import pytest
from frappe.utils import nowdate
from isolation.citizens import PLENTY, publish, sample_form, set_limits
from playwright.sync_api import Page, expect
from social_care_kafala.tests import cases
from social_care_kafala.tests.test_assessments import FOUND

from tests.browser.conftest import Opener
from tests.browser.desk import PATIENCE, URL, Desk
from tests.browser.sight import complaints
from tests.browser.test_citizen import SMALL
from tests.browser.world import World, _person

RUNS_LAST = True  # the service stays on the site
SERVICE, REQUESTS, FILE, ASSESSMENT = "SC-12", "Kafala Application", "Kafala Family File", "Kafala Assessment"
PHONE = "01007654321"


@pytest.fixture(autouse=True, scope="module")
def _published(site: str) -> None:
	publish(SERVICE)
	set_limits(PLENTY)


def test_from_the_telephone_to_the_study(
	guest_desk: Opener, desk_of: Opener, world: World, tmp_path: Path
) -> None:
	district = frappe.db.get_value("Institution", world.institution, "org_unit")
	specialist = _person(cases.SPECIALIST, {"org_unit": district}, "سلوى مراد")
	frappe.db.commit()
	page = guest_desk(**SMALL).page
	receipt = applied(page, district, tmp_path)
	desk = desk_of(specialist)
	file = taken_in(desk, receipt, tmp_path)
	followed(page, receipt, file, tmp_path)
	visited(desk, file, tmp_path)


def applied(page: Page, district: str, folder: Path) -> str:
	page.goto(f"{URL}/services/sc-12")
	expect(page.locator("#request")).to_be_visible(timeout=PATIENCE)
	page.select_option("#f-governorate", frappe.db.get_value("Org Unit", district, "governorate"))
	expect(page.locator("#f-place")).to_be_enabled(timeout=PATIENCE)
	page.select_option("#f-place", f"unit:{district}")
	birth_date, number = cases.born(36, "Female")
	values = sample_form(SERVICE) | {
		"family_kind": "Married Couple",
		"applicant_name": "منى سعيد عبد الله حسين",
		"applicant_phone": PHONE,
		"applicant_national_number": number,
		"applicant_birth_date": birth_date,
	}
	for name, value in values.items():
		write(page, name, value)
	page.screenshot(path=folder / "1-form.png", full_page=True)
	page.tap("#send")
	expect(page.locator("#done")).to_be_visible(timeout=PATIENCE)
	return page.locator("#done .number b").first.inner_text()


def write(page: Page, name: str, value: object) -> None:
	"""Fill one field of the form, if it is shown."""
	field = page.locator(f"#request [data-name={name}]").locator("input, select, textarea").first
	if isinstance(value, list) or not field.count() or not field.is_visible():
		return
	if field.evaluate("node => node.tagName") == "SELECT":
		field.select_option(str(int(value)) if isinstance(value, bool) else str(value))
	elif field.get_attribute("type") == "checkbox":
		field.set_checked(bool(value))
	else:
		field.fill(str(value))


def taken_in(desk: Desk, receipt: str, folder: Path) -> str:
	"""The specialist calls the couple to the interview; the file is there, and both forms name each other."""
	frappe.db.rollback()
	request = frappe.db.get_value(REQUESTS, {"receipt": receipt})
	desk.go(f"kafala-application/{request}")
	desk.action("تحديد موعد المقابلة")
	desk.settle()
	frappe.db.rollback()
	file = frappe.db.get_value(FILE, {"service_request": request})
	assert file
	desk.go(f"kafala-application/{request}")
	expect(desk.page.locator(".form-message").first).to_contain_text(file, timeout=PATIENCE)
	desk.picture(folder / "2-request.png")
	desk.go(f"kafala-family-file/{file}")
	expect(desk.page.get_by_role("button", name="طلب المواطن")).to_be_visible(timeout=PATIENCE)
	look(desk, folder / "3-file.png")
	return file


def followed(page: Page, receipt: str, file: str, folder: Path) -> None:
	page.goto(f"{URL}/services/follow")
	page.fill("#receipt", receipt)
	page.fill("#phone", PHONE)
	page.tap("#question button")
	expect(page.locator(".request dl")).to_contain_text(file, timeout=PATIENCE)
	expect(page.locator(".request dl")).to_contain_text("تدعون إلى المقابلة")
	page.screenshot(path=folder / "4-followed.png", full_page=True)
	assert not complaints(page, ("SC",))


def visited(desk: Desk, file: str, folder: Path) -> None:
	"""The initial visit on its tool, completed by the button; the file has its day and result."""
	frappe.db.set_value(FILE, file, "status", "Initial Visit")
	frappe.set_user("Administrator")
	doc = frappe.get_doc({"doctype": ASSESSMENT, "family_file": file, "assessment_kind": "Initial Visit"})
	doc.append("visits", {"visited_on": nowdate(), "visited_by": "سلوى مراد", "met_at": "Family Home"})
	doc.insert()
	for row in doc.answers:
		row.score, row.finding = ("4", "") if row.highest_score else ("", FOUND[row.feeds])
	doc.update({"recommendation": "Suitable", "opinion": "أسرة مستقرة ومسكن مناسب"})
	doc.save()
	frappe.db.commit()
	desk.go(f"kafala-assessment/{doc.name}")
	look(desk, folder / "5-assessment.png")
	desk.action("إكمال التقييم")
	desk.settle()
	frappe.db.rollback()
	found = frappe.db.get_value(FILE, file, ["initial_visit_result", "home_in_egypt"])
	assert found == ("Suitable", "Yes")
	desk.go(f"kafala-assessment/{doc.name}")
	look(desk, folder / "6-completed.png")


def look(desk: Desk, picture: Path) -> None:
	"""A picture of the form; nothing on it is English."""
	desk.settle()
	desk.picture(picture, high=1600)
	assert not complaints(desk.page, ("SC",))  # the code of the request
