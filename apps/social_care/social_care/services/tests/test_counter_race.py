"""Many hands at one counter in the same second: no number twice, no gap, the last place once, one visit a key."""

import threading
from collections.abc import Callable

import frappe
from frappe.utils import nowdate

from social_care.services.counter import appointments, registering, steps, tickets
from social_care.services.counter.capacity import NoPlaceError
from social_care.services.counter.offices import CounterError
from social_care.services.tests.counter_cases import CERTIFICATE, GROUP, CounterTestCase, clerk, counter
from social_care.services.tests.test_counter_appointments import working_day
from social_care.tests import factories

HANDS = 6


class TestManyHands(CounterTestCase):
	keeps_rows = True

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		unit = factories.org_unit().name  # nobody else looks at it
		cls.busy, cls.hand = (
			counter(unit, "مكتب مزدحم", windows=HANDS),
			clerk(factories.unique("hand").lower(), unit),
		)
		frappe.db.commit()

	def together(self, work: Callable[[int], object]) -> list:
		"""What `work` answers, or the class of its refusal, for as many hands as begin in the same moment."""
		start, outcomes = threading.Barrier(HANDS), []
		site = frappe.local.site
		threads = [
			threading.Thread(target=self.hand_works, args=(site, self.hand, start, work, number, outcomes))
			for number in range(HANDS)
		]
		for thread in threads:
			thread.start()
		for thread in threads:
			thread.join(60)
		frappe.db.rollback()
		self.assertEqual(len(outcomes), HANDS)
		return outcomes

	@staticmethod
	def hand_works(site: str, user: str, start: threading.Barrier, work, number: int, outcomes: list) -> None:
		frappe.init(site=site)
		frappe.connect()
		frappe.set_user(user)
		try:
			start.wait(30)
			answer = work(number)
			frappe.db.commit()
			outcomes.append(answer)
		except Exception as error:
			frappe.db.rollback()
			outcomes.append(type(error))
		finally:
			frappe.destroy()

	def numbers(self) -> list[int]:
		filters = {"office": self.busy, "day": nowdate()}
		return frappe.get_all("Service Ticket", filters=filters, pluck="number", order_by="number asc")

	def test_numbers_have_no_gap_and_none_is_given_twice(self) -> None:
		office, before = self.busy, len(self.numbers())
		self.together(lambda _number: [tickets.issue(office)["number"] for _ in range(3)])
		self.assertEqual(self.numbers(), list(range(1, before + 3 * HANDS + 1)))

	def test_the_last_place_of_a_day_is_given_once(self) -> None:
		office, day = self.busy, str(working_day(2))
		for number in range(2):
			appointments.book(office, GROUP, day, "سعاد محمود", f"0100222330{number}")
		frappe.db.commit()
		outcomes = self.together(
			lambda number: appointments.book(office, GROUP, day, "سعاد محمود", f"0100333440{number}")["day"]
		)
		self.assertEqual((outcomes.count(day), outcomes.count(NoPlaceError)), (1, HANDS - 1))

	def test_nobody_is_called_to_two_windows(self) -> None:
		office = self.busy
		frappe.db.delete("Service Ticket", {"office": office})
		for _ticket in range(HANDS - 2):
			tickets.issue(office)
		frappe.db.commit()
		outcomes = self.together(lambda number: (steps.call_next(office, number + 1) or {}).get("number"))
		self.assertEqual(sorted(number for number in outcomes if number), list(range(1, HANDS - 1)))
		self.assertEqual(outcomes.count(None), 2)

	def test_one_window_calls_one(self) -> None:
		office = self.busy
		frappe.db.delete("Service Ticket", {"office": office})
		for _ticket in range(HANDS):
			tickets.issue(office)
		frappe.db.commit()
		outcomes = self.together(lambda _number: steps.call_next(office, 1)["number"])
		self.assertEqual((outcomes.count(1), outcomes.count(CounterError)), (1, HANDS - 1))

	def test_a_key_sent_many_times_at_once_is_one_visit(self) -> None:
		office, visit = self.busy, self.visit(CERTIFICATE)
		outcomes = self.together(lambda _number: registering.register(office, visit)["receipt"])
		self.assertEqual(len(set(outcomes)), 1, outcomes)
		self.assertEqual(frappe.db.get_value("Service Receipt", outcomes[0], "requests"), 1)
		self.assertEqual(frappe.db.count("Service Ticket", {"receipt": outcomes[0]}), 1)

	def test_visits_with_several_services_do_not_stop_each_other(self) -> None:
		office = self.busy
		visits = [self.visit() for _hand in range(HANDS)]
		for number, visit in enumerate(visits):
			if number % 2:
				visit["requests"].reverse()
		outcomes = self.together(lambda number: registering.register(office, visits[number])["receipt"])
		self.assertEqual(len(set(outcomes)), HANDS, outcomes)
