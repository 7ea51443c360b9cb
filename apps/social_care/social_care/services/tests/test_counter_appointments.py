"""Appointments: places a day for each group, days on which the offices work, who came and who did not."""

from datetime import timedelta

import frappe
from frappe.utils import add_days, getdate, nowdate

from social_care.services.counter import appointments, tickets, upkeep
from social_care.services.counter.capacity import NoPlaceError
from social_care.services.counter.offices import CounterError
from social_care.services.doctype.service_office.service_office import ServiceOfficeError
from social_care.services.tests.counter_cases import GROUP, OTHER_GROUP, CounterTestCase
from social_care.services.working_days import is_working
from social_care.tests.queries import queries

APPOINTMENT = "Service Appointment"


def working_day(after: int = 1):
	"""The first day on which the offices work, from as many days after today."""
	day = getdate(nowdate()) + timedelta(days=after)
	while not is_working(day):
		day += timedelta(days=1)
	return day


def resting_day():
	day = getdate(nowdate()) + timedelta(days=1)
	while is_working(day):
		day += timedelta(days=1)
	return day


class TestAppointments(CounterTestCase):
	def setUp(self) -> None:
		super().setUp()
		frappe.db.delete(APPOINTMENT)  # in this transaction
		self.day = working_day()
		self.act_as(self.clerk)

	def book(self, phone: str = "01001112233", group: str = GROUP, day=None) -> dict:
		return appointments.book(self.office, group, str(day or self.day), "سعاد محمود", phone)

	def capacities(self, *rows: dict) -> None:
		self.act_as("Administrator")
		office = frappe.get_doc("Service Office", self.office)
		office.set("capacities", list(rows))
		office.save()
		self.act_as(self.clerk)

	def free(self, group: str = GROUP) -> int:
		rows = {row["day"]: row["free"] for row in appointments.days(self.office, group)}
		return rows.get(str(self.day), 0)

	def test_a_day_gives_as_many_places_as_it_has(self) -> None:
		self.assertEqual(self.free(), 3)
		for number in range(3):
			self.book(f"0100111220{number}")
		self.assertEqual(self.free(), 0)
		self.assertRefused(NoPlaceError, self.book, "01001112209")

	def test_a_cancelled_place_is_free_again(self) -> None:
		names = [self.book(f"0100111220{number}")["name"] for number in range(3)]
		appointments.cancel(names[0])
		self.assertRefused(NoPlaceError, appointments.cancel, names[0])
		self.book("01001112209")
		self.assertRefused(NoPlaceError, self.book, "01001112208")

	def test_a_group_with_a_row_of_its_own_has_its_own_places(self) -> None:
		self.capacities({"places": 1}, {"service_group": OTHER_GROUP, "places": 2})
		self.book("01001112201", GROUP)
		self.assertRefused(NoPlaceError, self.book, "01001112202", "CIC")
		for number in range(2):
			self.book(f"0100111221{number}", OTHER_GROUP)
		self.assertRefused(NoPlaceError, self.book, "01001112203", OTHER_GROUP)
		self.assertEqual((self.free(GROUP), self.free(OTHER_GROUP)), (0, 0))

	def test_numbers_hold_for_their_days(self) -> None:
		after = add_days(self.day, 1)
		self.capacities({"places": 1, "to_date": self.day}, {"places": 0, "from_date": after})
		self.book()
		self.assertRefused(NoPlaceError, self.book, "01001112204", GROUP, working_day(5))
		self.assertRefused(
			ServiceOfficeError, self.capacities, {"places": 1, "to_date": self.day}, {"places": 2}
		)

	def test_days_of_rest_holidays_the_past_and_far_days_are_refused(self) -> None:
		for day in (resting_day(), add_days(nowdate(), -1), working_day(40)):
			self.assertRefused(NoPlaceError, self.book, "01001112205", GROUP, day)
		calendar = frappe.get_doc("Working Calendar")
		calendar.append("holidays", {"title": "عيد", "from_date": self.day})
		calendar.save(ignore_permissions=True)
		self.addCleanup(frappe.clear_document_cache, "Working Calendar", "Working Calendar")
		self.assertRefused(NoPlaceError, self.book)
		self.assertNotIn(str(self.day), {row["day"] for row in appointments.days(self.office, GROUP)})

	def test_one_telephone_holds_one_place_of_a_day(self) -> None:
		self.book("0100 111 2233")
		self.assertRefused(NoPlaceError, self.book, "+20 100 111 2233")

	def test_moving_needs_a_free_place_too(self) -> None:
		doc = frappe.get_doc(APPOINTMENT, self.book()["name"])
		doc.day = resting_day()
		self.assertRefused(NoPlaceError, doc.save)
		doc.reload()
		doc.day = working_day(5)
		doc.save()
		self.assertEqual(self.free(), 3)

	def test_a_client_writes_no_state_and_deletes_nothing(self) -> None:
		doc = frappe.get_doc(APPOINTMENT, self.book()["name"])
		doc.state = "Came"
		doc.save()
		self.assertEqual(doc.state, "Booked")
		self.assertRefused(frappe.PermissionError, doc.delete)

	def test_who_comes_gets_one_number(self) -> None:
		day = getdate(nowdate())
		name = self.book()["name"]
		self.assertRefused(CounterError, tickets.issue, self.office, "", 0, name)
		frappe.db.set_value(APPOINTMENT, name, "day", day)
		first = tickets.issue(self.office, "", 0, name)
		self.assertEqual(tickets.issue(self.office, "", 0, name)["name"], first["name"])
		self.assertEqual(frappe.db.get_value(APPOINTMENT, name, "state"), "Came")
		self.assertEqual(frappe.db.get_value("Service Ticket", first["name"], "service_group"), GROUP)
		self.assertEqual([row.state for row in appointments.today(self.office)], ["Came"])

	def test_who_did_not_come_is_noted(self) -> None:
		name = self.book()["name"]
		frappe.db.set_value(APPOINTMENT, name, "day", add_days(nowdate(), -1))
		upkeep.close_days()
		self.assertEqual(frappe.db.get_value(APPOINTMENT, name, "state"), "Missed")

	def test_who_may_not(self) -> None:
		name = self.book()["name"]
		self.act_as(self.clerk_there)
		self.assertRefused(frappe.PermissionError, self.book, "01001112206")
		self.assertRefused(frappe.PermissionError, appointments.cancel, name)
		self.assertRefused(frappe.PermissionError, appointments.days, self.office, GROUP)
		self.assertRefused(frappe.PermissionError, appointments.today, self.office)
		self.assertEqual(frappe.get_list(APPOINTMENT), [])
		self.act_as(self.here.officer)
		self.assertTrue(frappe.has_permission(APPOINTMENT, "read", doc=name))
		self.assertRefused(frappe.PermissionError, self.book, "01001112207")

	def test_days_cost_the_same_queries_whatever_is_booked(self) -> None:
		def asked() -> int:
			appointments.days(self.office, GROUP)
			with queries() as sent:
				appointments.days(self.office, GROUP)
			return len(sent)

		before = asked()
		for number in range(3):
			self.book(f"0100111220{number}")
		self.assertEqual(asked(), before)


class TestCounters(CounterTestCase):
	def test_who_keeps_counters(self) -> None:
		for user, allowed in ((self.here.chief, True), (self.clerk, False), (self.there.chief, False)):
			self.act_as(user)
			self.assertEqual(frappe.has_permission("Service Office", "write", doc=self.office), allowed, user)

	def test_one_counter_a_place_with_windows(self) -> None:
		second = {"doctype": "Service Office", "office_name": "آخر", "org_unit": self.here.district}
		self.assertRefused(ServiceOfficeError, frappe.get_doc(second | {"windows": 1}).insert)
		home = second | {"institution": self.here.institution, "windows": 0}
		self.assertRefused(ServiceOfficeError, frappe.get_doc(home).insert)
		self.assertEqual(frappe.get_doc(home | {"windows": 2}).insert().org_unit, self.here.district)
