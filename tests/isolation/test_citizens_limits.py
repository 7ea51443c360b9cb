"""How often an address may call the public pages, by the settings; and that nothing lists requests or receipts."""

import json
import uuid
from collections.abc import Iterator

import frappe
import pytest
from social_care.services.tests.cases import VISITS

from isolation.browser import Browser
from isolation.citizens import API, PHONE, PLENTY, Citizen, picture, request_of, set_limits

pytestmark = pytest.mark.usefixtures("services_open")

PERIODS = ("citizen_calls_per_minute", "citizen_requests_per_hour", "citizen_files_per_hour")
CALLS = {
	"offices": {"service": "sc-07", "governorate": "01"},
	"institutions": {"service": "sc-07", "governorate": "01"},
	"counters": {"governorate": "01"},
	"days": {"office": "x", "group": "x"},
	"follow": {"receipt": f"26-{uuid.uuid4().int % 10**9:09}", "phone": PHONE},
	"look": {"visit": "x"},
	"step": {"visit": "x", "request": "x", "code": "x"},
	"rate": {"visit": "x", "request": "x", "stars": 1},
}


@pytest.fixture
def few() -> Iterator[None]:
	"""Two of everything, counted from nothing."""
	frappe.cache.delete_keys("rl:")
	set_limits(dict.fromkeys(PERIODS, 2))
	yield
	set_limits(PLENTY)
	frappe.cache.delete_keys("rl:")


@pytest.mark.parametrize("name", CALLS)
def test_each_call_is_counted_by_address(person: Citizen, few: None, name: str) -> None:
	answers = [person.post(name, **CALLS[name]) for _turn in range(4)]
	assert [answer.status_code == 429 for answer in answers] == [False, False, True, True]
	assert "Traceback" not in answers[-1].text and "RateLimit" not in answers[-1].text


def test_forms_are_counted_and_nothing_is_lost(person: Citizen, few: None) -> None:
	"""Whoever is over the limit sends the same page again later: its key makes the request, once."""
	before = frappe.db.count(VISITS)
	values = {"service": "sc-07", "data": json.dumps(person.form())}
	keys = [str(uuid.uuid4()) for _turn in range(3)]
	codes = [person.post("apply", **values, page_key=key).status_code for key in keys]
	frappe.db.rollback()
	assert codes == [200, 200, 429] and frappe.db.count(VISITS) == before + 2
	frappe.cache.delete_keys("rl:")
	assert person.message("apply", **values, page_key=keys[-1])["receipt"]


def test_papers_are_counted_and_nothing_is_lost(person: Citizen, few: None) -> None:
	answer = person.apply()
	codes = [person.upload(answer, "host_id", picture(), "a.jpg").status_code for _turn in range(3)]
	assert codes == [200, 200, 429]
	row = next(row for row in request_of(answer["receipt"]).documents if row.document_code == "host_id")
	assert row.state == "Handed In" and row.file


class TestNoListing:
	"""A guest opens a receipt that he holds, and finds no other."""

	@pytest.mark.parametrize("doctype", [VISITS, "Service Receipt", "Service Certificate", "Person", "File"])
	def test_no_door_of_the_framework_lists(self, person: Citizen, guest: Browser, doctype: str) -> None:
		receipt = person.apply()["receipt"]
		doors = [
			guest.get(f"/api/resource/{doctype}"),
			guest.get(f"/api/resource/{doctype}/{receipt}"),
			guest.call("frappe.client.get_list", doctype=doctype),
			guest.call("frappe.client.get_count", doctype=doctype),
			guest.call("frappe.desk.reportview.get", doctype=doctype, fields='["name"]'),
			guest.call("frappe.desk.search.search_link", doctype=doctype, txt=""),
			guest.call("frappe.website.doctype.web_form.web_form.get_form_data", doctype=doctype),
		]
		assert not [answer.url for answer in doors if answer.status_code == 200]
		assert not [answer.url for answer in doors if receipt in answer.text.replace(answer.url, "")]

	def test_the_calls_take_no_pattern_and_name_no_other_receipt(self, person: Citizen) -> None:
		first, second = person.apply(), person.apply(applicant_phone="01112223334")
		for typed in ("%", "26-%", "26-_________", "*", "", "' or 1=1 -- ", "26-000000000 or 1=1"):
			assert person.post("follow", receipt=typed, phone=PHONE).status_code in (417, 429)
		shown = json.dumps(person.visit(first["receipt"]))
		assert second["receipt"] not in shown and second["request"] not in shown

	def test_numbers_of_receipts_do_not_follow_each_other(self, person: Citizen) -> None:
		"""Whoever has one cannot say which comes next: nine signs of chance, and a telephone for each."""
		numbers = [person.apply()["receipt"].partition("-")[2] for _turn in range(3)]
		assert len({number[:6] for number in numbers}) == 3 and all(len(number) == 9 for number in numbers)

	def test_pages_tell_no_numbers(self, person: Citizen, guest: Browser) -> None:
		receipt = person.apply()["receipt"]
		for path in ("/services", "/services/sc-07", "/services/follow", "/sitemap.xml", "/robots.txt"):
			assert receipt not in guest.get(path).text, path


def test_guests_reach_exactly_the_described_calls(guest: Browser) -> None:
	"""What stands in the module and is open is what the interface describes."""
	from social_care.services.openapi import citizens

	described = {path.rpartition(".")[2] for path in citizens.citizens_part("Guest")["paths"]}
	opened = {method.__name__ for method in frappe.guest_methods if method.__module__ == API}
	assert opened <= described == set(CALLS) | {"apply", "upload", "book"}
