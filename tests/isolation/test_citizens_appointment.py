"""Booking a day at a counter without an account: what a guest is told, and everything that he is not."""

import re
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import frappe
import pytest
from social_care.services.tests.counter_cases import GROUP
from social_care.tests import factories

from isolation.citizens import GOVERNORATE, Citizen, page

pytestmark = pytest.mark.usefixtures("services_open")
APPOINTMENT, PLACES = "Service Appointment", 2


@pytest.fixture(scope="module")
def office(site: str, services_open) -> Iterator[str]:
	"""A counter of Cairo that books two places a day in public."""
	frappe.set_user("Administrator")
	unit = factories.org_unit(unit_name="مكتب تأهيل للحجز العام").name
	values = {"office_name": "مكتب تأهيل للحجز العام", "org_unit": unit, "windows": 1, "public_booking": 1}
	doc = frappe.get_doc({"doctype": "Service Office", **values})
	doc.append("capacities", {"places": PLACES})
	doc.insert()
	frappe.db.commit()
	yield doc.name
	frappe.db.rollback()
	frappe.db.set_value("Service Office", doc.name, "public_booking", 0)
	frappe.db.commit()


def answers(office: str, day: str, **values) -> dict:
	first = {"office": office, "group": GROUP, "day": day, "name": "سعاد محمود علي", "phone": "01007654321"}
	return first | {"page_key": str(uuid.uuid4())} | values


def last_day(person: Citizen, office: str) -> str:
	"""A day that still has all its places."""
	return [row for row in person.message("days", office=office, group=GROUP) if row["free"] == PLACES][-1][
		"day"
	]


def of(office: str, day: str) -> list[dict]:
	frappe.db.rollback()
	return frappe.get_all(
		APPOINTMENT,
		{"office": office, "day": day},
		["state", "org_unit", "phone_key"],
		order_by="creation asc",
	)


class TestBooking:
	def test_the_page_is_arabic_and_found_from_the_list(self, office: str) -> None:
		assert "/services/appointment" in page("/services").text
		answer = page("/services/appointment")
		assert answer.status_code == 200 and '<html lang="ar" dir="rtl">' in answer.text
		visible = re.sub(r"<script.*?</script>|<[^>]+>", " ", answer.text, flags=re.S)
		assert not re.search(r"[A-Za-z]{4,}", visible.replace("JavaScript", "")), visible

	def test_a_booking_takes_a_place_and_tells_nobody_of_it(self, person: Citizen, office: str) -> None:
		assert office in {key for key, _name in person.message("counters", governorate=GOVERNORATE)}
		assert office not in {key for key, _name in person.message("counters", governorate="02")}
		day = last_day(person, office)
		told = person.message("book", **answers(office, day))
		assert set(told) == {"office", "day", "group"} and "سعاد" not in str(told)
		rows = of(office, day)
		unit = frappe.db.get_value("Service Office", office, "org_unit")
		assert [(row.state, row.org_unit, row.phone_key) for row in rows] == [("Booked", unit, "1007654321")]
		left = {row["day"]: row["free"] for row in person.message("days", office=office, group=GROUP)}
		assert left[day] == PLACES - 1

	def test_one_key_is_one_booking_and_the_last_place_is_given_once(
		self, person: Citizen, office: str
	) -> None:
		day = last_day(person, office)
		same = answers(office, day, phone="01007650000")
		with ThreadPoolExecutor(4) as hands:
			found = list(hands.map(lambda _n: person.post("book", **same).status_code, range(4)))
		assert set(found) == {200} and len(of(office, day)) == 1
		others = [answers(office, day, phone=f"0100765111{number}") for number in range(4)]
		with ThreadPoolExecutor(4) as hands:
			found = list(hands.map(lambda values: person.message("book", **values), others))
		assert sorted("error" in answer for answer in found) == [False, True, True, True]
		assert len(of(office, day)) == PLACES

	@pytest.mark.parametrize(
		"wrong",
		[
			{"name": "سعاد"},
			{"name": "<img src=x> علي"},
			{"phone": "12"},
			{"day": "2020-01-01"},
			{"day": "x"},
			{"group": "x"},
			{"page_key": "x"},
			{"name": "س ع" * 100},
		],
	)
	def test_wrong_answers_make_nothing(self, person: Citizen, office: str, wrong: dict) -> None:
		day = last_day(person, office)
		before = frappe.db.count(APPOINTMENT, {"office": office})
		answer = person.post("book", **(answers(office, day) | wrong))
		assert answer.status_code in (200, 417), answer.text[:300]
		assert answer.status_code == 417 or answer.json()["message"]["error"]
		assert "traceback" not in answer.text.lower()
		frappe.db.rollback()
		assert frappe.db.count(APPOINTMENT, {"office": office}) == before

	def test_a_counter_that_does_not_book_in_public_says_nothing(self, person: Citizen, office: str) -> None:
		frappe.db.set_value("Service Office", office, "public_booking", 0)
		frappe.db.commit()
		try:
			assert office not in {key for key, _name in person.message("counters", governorate=GOVERNORATE)}
			shut = person.post("days", office=office, group=GROUP)
			nobody = person.post("days", office="OFF-9999", group=GROUP)
			assert (shut.status_code, shut.json()) == (nobody.status_code, nobody.json())
			assert person.post("book", **answers(office, "2027-01-03")).status_code == 417
		finally:
			frappe.db.set_value("Service Office", office, "public_booking", 1)
			frappe.db.commit()
