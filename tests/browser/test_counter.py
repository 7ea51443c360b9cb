"""A clerk of a rehabilitation office at the counter: one applicant, three services, one receipt, and the queue to its end."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import frappe
import pytest
from playwright.sync_api import Locator, expect
from social_care.printing.testing import squeezed, texts
from social_care.services import versions
from social_care.services.tests.counter_cases import SERVICES
from social_care.services.tests.packs import compile_packs
from social_care.tests import factories
from social_care.tests.places import country

from tests.browser.axe import grave
from tests.browser.desk import PATIENCE, URL, Desk
from tests.browser.sight import complaints
from tests.browser.world import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs/screenshots" if os.environ.get("SCREENSHOTS") else ROOT / "var/counter-pictures"
WRONG: list[str] = []
PHONE = {"width": 390, "height": 844}
CLERK, NAME, PHONE_NUMBER = "Rehabilitation Office Clerk", "نبيلة فوزي عبد الحميد سالم", "01006543210"
TITLES = {
	"SC-28": "طلب بطاقة إثبات الإعاقة والخدمات المتكاملة",
	"SC-29": "حصر وطلب طرف صناعي أو جهاز تعويضي",
	"SC-30": "طلب شهادة تأهيل",
}
FORMS = {
	"SC-29": {
		"entry_kind": "Request at the Office",
		"surveyed_on": "today",
		"device_kind": "Prosthesis",
		"limb": "Lower Limb",
		"side": "Right",
		"lower_level": "Below Knee",
		"loss_cause": "Congenital",
		"works_in": "Day Labour",
		"household_income": "3000",
	},
	"SC-30": {
		"certificate_kind": "First Certificate",
		"disability_group": "Motor",
		"qualification_level": "Literacy Certificate",
		"occupation_wished": "الحياكة",
		"can_move_to": "In the Same Town",
	},
	"SC-28": {
		"request_kind": "First Issue",
		"portal_request_number": "2210087",
		"applies_as": "The Person Himself or Herself",
		"disability_type": "Motor",
		"disability_cause": "Accident",
		"disability_since": "01-04-2019",
		"medical_report_date": "today",
		"occupation_status": "Works",
	},
}


@dataclass
class Shop:
	"""A counter with its clerk."""

	office: str
	clerk: str


@pytest.fixture(autouse=True)
def _nothing_wrong_yet() -> None:
	WRONG.clear()


@pytest.fixture(scope="module")
def shop(site: str) -> Shop:
	"""A rehabilitation office of this run, committed for the web process to see."""
	frappe.set_user("Administrator")
	country()  # before packs are published, as everywhere
	missing = [code for code in SERVICES if not versions.published_version(code)]
	if missing:
		compile_packs(missing)
	directorate = factories.org_unit(unit_name="مديرية التضامن الاجتماعي بالجيزة", governorate="21").name
	unit = factories.org_unit("Office", directorate, "21", unit_name="مكتب تأهيل الدقي").name
	office = frappe.get_doc(
		{"doctype": "Service Office", "office_name": "مكتب تأهيل الدقي", "org_unit": unit, "windows": 3}
	)
	office.append("capacities", {"places": 20})
	office.insert()
	clerk = frappe.get_doc(
		{
			"doctype": "User",
			"email": f"{factories.unique('desk').lower()}@test.invalid",
			"first_name": "سعيد",
			"last_name": "رمزي",
			"language": "ar",
			"send_welcome_email": 0,
			"new_password": PASSWORD,
		}
	)
	clerk.flags.ignore_password_policy = True
	clerk.insert(ignore_permissions=True)
	factories.assign(clerk.name, CLERK, org_unit=unit)
	frappe.db.commit()
	return Shop(office.name, clerk.name)


def picture(desk: Desk, name: str, *codes: str) -> None:
	"""Keep a picture, and note what on it is English but codes, or out of reach of a screen reader."""
	PICTURES.mkdir(parents=True, exist_ok=True)
	desk.settle()
	desk.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", caret="hide")
	words = (*codes, *(code.replace("-", "") for code in SERVICES))
	WRONG.extend(f"{name}: {found}" for found in [*complaints(desk.page, words), *grave(desk.page)])


def field(box: Locator, name: str) -> Locator:
	return box.locator(f'[data-fieldname="{name}"] :is(input, select, textarea):visible').first


def write(box: Locator, name: str, value: str) -> None:
	"""Fill in a field of a form of the counter as its kind wants it."""
	control = field(box, name)
	kind = control.evaluate("node => node.tagName")
	if kind == "SELECT":
		control.select_option(value)
	else:
		control.fill(frappe.utils.getdate().strftime("%d-%m-%Y") if value == "today" else value)
		control.press("Tab")


def open_counter(desk: Desk) -> None:
	desk.go("service-counter")
	expect(desk.page.locator(".sc-applicant .frappe-control").first).to_be_visible(timeout=PATIENCE)
	desk.settle()


def applicant(desk: Desk, number: str) -> None:
	box = desk.page.locator(".sc-applicant")
	write(box, "applicant_national_number", number)
	write(box, "applicant_name", NAME)
	write(box, "applicant_phone", PHONE_NUMBER)
	desk.settle()
	expect(field(box, "applicant_sex")).to_have_value("Female")


def add(desk: Desk, code: str, values: dict[str, str]) -> Locator:
	desk.page.locator(".sc-service").select_option(code)
	desk.click('[data-action="add"]')
	card = desk.page.locator(".sc-request", has=desk.page.get_by_role("heading", name=TITLES[code]))
	expect(card).to_be_visible(timeout=PATIENCE)
	for name, value in values.items():
		write(card, name, value)
	return card


def skills(desk: Desk, card: Locator) -> None:
	"""One row of a table of the form."""
	grid = card.locator('[data-fieldname="skills"]')
	grid.locator(".grid-add-row").click()
	cell = grid.locator('.grid-body [data-fieldname="skill"]').first
	cell.click()
	cell.locator("input").fill("الحياكة")
	level = grid.locator('.grid-body [data-fieldname="skill_level"]').first
	level.click()
	level.locator("select").select_option("Skilled")


def test_one_visit_from_the_search_to_the_end_of_the_queue(desk_of, shop: Shop) -> None:
	desk = desk_of(shop.clerk)
	number = factories.national_number("1986-07-15", "Female", "21")
	open_counter(desk)
	picture(desk, "one-stop-01-counter")
	search = desk.page.locator(".sc-find input")
	search.fill(NAME)
	search.press("Enter")
	expect(desk.page.locator(".sc-found")).to_contain_text("لم يُعثر على أحد", timeout=PATIENCE)
	applicant(desk, number)
	add(desk, "SC-29", {name: value for name, value in FORMS["SC-29"].items() if name != "works_in"})
	add(desk, "SC-28", FORMS["SC-28"])
	work = add(desk, "SC-30", FORMS["SC-30"])
	skills(desk, work)
	for place in range(2):
		work.locator(".sc-papers label").nth(place).locator("input").check()
	picture(desk, "one-stop-02-three-services")
	refused_loses_nothing(desk)
	receipt = registered(desk, number)
	picture(desk, "one-stop-03-registered", receipt)
	printed(desk, receipt)
	queue_to_the_end(desk, receipt)
	assert not [*desk.watch.errors, *WRONG]


def refused_loses_nothing(desk: Desk) -> None:
	"""One field is missing: nothing is made, and what was typed is still there."""
	before = frappe.db.count("Service Receipt")
	desk.click('[data-action="register"]')
	wrong = desk.page.locator(".sc-request.sc-wrong")
	expect(wrong).to_have_count(1, timeout=PATIENCE)
	expect(wrong.locator(".sc-error")).to_contain_text("العمل")
	frappe.db.rollback()
	assert frappe.db.count("Service Receipt") == before
	assert field(desk.page.locator(".sc-request").nth(2), "occupation_wished").input_value() == "الحياكة"
	write(wrong, "works_in", FORMS["SC-29"]["works_in"])


def registered(desk: Desk, number: str) -> str:
	"""Two clicks at once make one visit."""
	desk.page.evaluate(
		"() => { const button = document.querySelector('[data-action=register]'); button.click(); button.click(); }"
	)
	shown = desk.page.locator(".sc-receipt")
	expect(shown).to_be_visible(timeout=PATIENCE)
	frappe.db.rollback()
	rows = frappe.get_all("Service Receipt", {"national_number": number}, ["name", "requests", "person"])
	assert [(row.requests, bool(row.person)) for row in rows] == [(3, True)]
	assert shown.inner_text().strip() == rows[0].name
	return rows[0].name


def printed(desk: Desk, receipt: str) -> None:
	"""The print holds the number, all three services and a code."""
	address = desk.page.locator("a", has_text="طباعة الإيصال").get_attribute("href")
	answer = desk.context.request.get(f"{URL}{address}", timeout=PATIENCE)
	assert answer.ok and answer.headers["content-type"] == "application/pdf"
	said = squeezed("".join(texts(answer.body())))
	assert receipt.replace("-", "") in said.replace("-", "")
	for title in TITLES.values():
		assert squeezed(title) in said
	assert "اطلععليها" not in said  # it is the applicant's paper, not a reading of a file
	assert re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", said)


def queue_to_the_end(desk: Desk, receipt: str) -> None:
	"""Called to window 2, served, finished; the waiting room sees the number and the window alone."""
	page = desk.page
	page.locator(".sc-window").select_option("2")
	desk.settle()
	desk.click('[data-action="next"]')
	expect(page.locator('.sc-at-window[data-state="Called"] .sc-number')).to_be_visible(timeout=PATIENCE)
	waiting_room(desk, shown=True)
	open_counter(desk)
	desk.click('[data-step="serve"]')
	expect(page.locator('.sc-at-window[data-state="Serving"]')).to_be_visible(timeout=PATIENCE)
	picture(desk, "one-stop-05-serving", receipt)
	desk.click('[data-step="finish"]')
	expect(page.locator('.sc-at-window [data-action="next"]')).to_be_visible(timeout=PATIENCE)
	frappe.db.rollback()
	ticket = frappe.get_doc("Service Ticket", {"receipt": receipt})
	assert (ticket.state, ticket.window, ticket.number) == ("Served", 2, 1)
	assert ticket.issued_on <= ticket.called_on <= ticket.began_on <= ticket.ended_on
	waiting_room(desk, shown=False)


def waiting_room(desk: Desk, shown: bool) -> None:
	desk.go("queue-display")
	numbers = desk.page.locator(".sc-called-numbers .sc-number")
	expect(numbers).to_have_count(int(shown), timeout=PATIENCE)
	said = desk.page.locator(".sc-display").inner_text()
	assert NAME.split()[0] not in said
	if shown:
		picture(desk, "one-stop-04-waiting-room")


def test_on_a_telephone_who_came_before_is_found(desk_of, shop: Shop) -> None:
	"""The second visit of an applicant takes his data over."""
	desk = desk_of(shop.clerk, viewport=PHONE)
	open_counter(desk)
	search = desk.page.locator(".sc-find input")
	search.fill(PHONE_NUMBER)
	search.press("Enter")
	desk.click('.sc-found [data-action="choose"]')
	desk.settle()
	assert field(desk.page.locator(".sc-applicant"), "applicant_name").input_value() == NAME
	add(desk, "SC-30", FORMS["SC-30"])
	picture(desk, "one-stop-06-telephone")
	wide = desk.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
	assert wide <= 0, wide
	desk.click('[data-action="register"]')
	expect(desk.page.locator(".sc-receipt")).to_be_visible(timeout=PATIENCE)
	assert not [*desk.watch.errors, *WRONG]


def test_an_appointment_is_booked_and_its_day_has_one_place_less(desk_of, shop: Shop) -> None:
	desk = desk_of(shop.clerk)
	open_counter(desk)
	desk.click('[data-action="book"]')
	box = desk.dialog()
	write(box, "group", "REH")
	expect(field(box, "day").locator("option").first).to_contain_text("الأماكن الشاغرة", timeout=PATIENCE)
	write(box, "name", NAME)
	write(box, "phone", PHONE_NUMBER)
	picture(desk, "one-stop-07-appointment")
	day = field(box, "day").input_value()
	desk.click(box.locator(".btn-primary:visible"))
	expect(box).to_be_hidden(timeout=PATIENCE)
	frappe.db.rollback()
	booked = frappe.get_all("Service Appointment", {"office": shop.office}, ["day", "state"])
	assert [(str(row.day), row.state) for row in booked] == [(day, "Booked")]
	assert not [*desk.watch.errors, *WRONG]


def test_a_citizen_books_a_day_on_his_telephone(guest_desk, shop: Shop) -> None:
	frappe.db.set_value("Service Office", shop.office, "public_booking", 1)
	frappe.db.commit()
	desk = guest_desk(viewport=PHONE)
	page = desk.page
	page.goto(f"{URL}/services/appointment")
	page.select_option("#governorate", "21")
	expect(page.locator(f"#office option[value='{shop.office}']")).to_be_attached(timeout=PATIENCE)
	page.select_option("#office", shop.office)
	page.select_option("#group", "REH")
	expect(page.locator("#day")).to_be_enabled(timeout=PATIENCE)
	page.select_option("#day", index=3)
	page.fill("#name", NAME)
	page.fill("#phone", "01009998887")
	PICTURES.mkdir(parents=True, exist_ok=True)
	page.screenshot(path=PICTURES / "one-stop-08-citizen.png", animations="disabled")
	WRONG.extend([*complaints(page), *grave(page)])
	page.click("button")
	expect(page.locator("#booked")).to_contain_text("تم حجز موعدك", timeout=PATIENCE)
	frappe.db.rollback()
	assert frappe.db.count("Service Appointment", {"office": shop.office, "phone_key": "1009998887"}) == 1
	assert not [*desk.watch.errors, *WRONG]
