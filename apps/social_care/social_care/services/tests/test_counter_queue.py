"""The queue of a counter: numbers, steps, times, screens, figures, the end of a day."""

import frappe
from frappe.utils import add_days, add_to_date, now_datetime, nowdate

from social_care.services.counter import appointments, figures, queue, steps, tickets, upkeep
from social_care.services.counter.offices import CounterError
from social_care.services.report.waiting_and_service_times.waiting_and_service_times import (
	PeriodError,
	execute,
)
from social_care.services.tests.counter_cases import CERTIFICATE, GROUP, OTHER_GROUP, CounterTestCase
from social_care.tests.queries import queries

TICKET = "Service Ticket"


def back(ticket: str, **minutes: int) -> None:
	"""Set times of a ticket as many minutes into the past."""
	values = {name: add_to_date(now_datetime(), minutes=-ago) for name, ago in minutes.items()}
	frappe.db.set_value(TICKET, ticket, values, update_modified=False)


class TestTickets(CounterTestCase):
	def setUp(self) -> None:
		super().setUp()
		frappe.db.delete(TICKET)  # in this transaction
		self.act_as(self.clerk)

	def test_numbers_run_for_each_counter_and_day(self) -> None:
		first, second = (tickets.issue(self.office, GROUP) for _ in range(2))
		self.assertEqual((first["number"], second["number"], second["waiting"]), (1, 2, 1))
		frappe.db.set_value(TICKET, {"office": self.office}, "day", add_days(nowdate(), -1))
		self.assertEqual(tickets.issue(self.office)["number"], 1)
		self.act_as(self.clerk_there)
		self.assertEqual(tickets.issue(self.office_there)["number"], 1)

	def test_a_number_given_up_leaves_no_gap(self) -> None:
		tickets.issue(self.office)
		frappe.db.savepoint("given_up")
		tickets.issue(self.office)
		frappe.db.rollback(save_point="given_up")
		self.assertEqual(tickets.issue(self.office)["number"], 2)

	def test_what_a_client_sends_for_number_state_and_times_is_dropped(self) -> None:
		sent = {"number": 77, "state": "Served", "waiting_seconds": 5, "day": "2020-01-01", "calls": 9}
		doc = frappe.get_doc({"doctype": TICKET, "office": self.office, **sent}).insert()
		self.assertEqual(
			(doc.number, doc.state, doc.waiting_seconds, str(doc.day), doc.calls),
			(1, "Waiting", 0, nowdate(), 0),
		)
		doc.update({"state": "Served", "number": 5, "ended_on": now_datetime(), "window": 3})
		doc.save()
		doc.reload()
		self.assertEqual((doc.state, doc.number, doc.ended_on, doc.window), ("Waiting", 1, None, 0))
		self.assertRefused(frappe.PermissionError, doc.delete)

	def test_the_next_is_who_goes_first_then_the_lowest_number(self) -> None:
		for first in (0, 0, 1):
			tickets.issue(self.office, GROUP, first)
		self.assertEqual([steps.call_next(self.office, window)["number"] for window in (1, 2, 3)], [3, 1, 2])
		self.assertIsNone(steps.call_next(self.office, 4))

	def test_a_window_calls_for_one_group(self) -> None:
		tickets.issue(self.office, GROUP)
		tickets.issue(self.office, OTHER_GROUP)
		self.assertEqual(steps.call_next(self.office, 1, OTHER_GROUP)["number"], 2)

	def test_a_window_finishes_before_it_calls_again(self) -> None:
		for _ticket in range(2):
			tickets.issue(self.office)
		called = steps.call_next(self.office, 2)
		self.assertRefused(CounterError, steps.call_next, self.office, 2)
		steps.take(called["name"], "absent")
		self.assertEqual(steps.call_next(self.office, 2)["number"], 2)
		self.assertRefused(CounterError, steps.take, called["name"], "call", 2)
		self.assertEqual(steps.take(called["name"], "call", 1)["window"], 1)

	def test_steps_have_an_order(self) -> None:
		name = tickets.issue(self.office)["name"]
		for step in ("serve", "finish", "absent", "unheard_of"):
			self.assertRefused(CounterError, steps.take, name, step)
		steps.take(name, "call", 1)
		steps.take(name, "serve")
		for step in ("serve", "call", "absent", "cancel"):
			self.assertRefused(CounterError, steps.take, name, step, 1)
		steps.take(name, "finish")
		self.assertRefused(CounterError, steps.take, name, "finish")

	def test_windows_are_those_of_the_counter(self) -> None:
		tickets.issue(self.office)
		for window in (0, 5, "x", -1):
			self.assertRefused(CounterError, steps.call_next, self.office, window)

	def test_times_are_the_servers(self) -> None:
		name = tickets.issue(self.office)["name"]
		back(name, issued_on=40)
		steps.take(name, "call", 1)
		doc = frappe.get_doc(TICKET, name)
		self.assertAlmostEqual(doc.waiting_seconds, 2400, delta=10)
		self.assertEqual(doc.within_target, 0)  # 30 minutes are aimed at
		back(name, last_called_on=10)
		steps.take(name, "call", 1)
		self.assertEqual(
			frappe.db.get_value(TICKET, name, ["calls", "waiting_seconds"]), (2, doc.waiting_seconds)
		)
		steps.take(name, "serve")
		back(name, began_on=12)
		steps.take(name, "finish")
		doc.reload()
		self.assertAlmostEqual(doc.service_seconds, 720, delta=10)
		self.assertEqual(doc.served_by, self.clerk)

	def test_anothers_and_nobodys_are_refused_alike(self) -> None:
		ticket = tickets.issue(self.office)["name"]
		self.act_as(self.clerk_there)
		for call, theirs, nobodys in (
			(queue.board, self.office, "OFF-9999"),
			(steps.take, ticket, "0123456789"),
			(appointments.cancel, ticket, ""),
		):
			said = [
				str(
					self.assertRefused(
						frappe.PermissionError, call, name, *([] if call != steps.take else ["call"])
					)
				)
				for name in (theirs, nobodys)
			]
			self.assertEqual(said[0], said[1])

	def test_who_may_not(self) -> None:
		name = tickets.issue(self.office)["name"]
		for user in (self.clerk_there, self.here.entry, self.here.officer):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, tickets.issue, self.office)
			self.assertRefused(frappe.PermissionError, steps.call_next, self.office, 1)
			self.assertRefused(frappe.PermissionError, steps.take, name, "call", 1)
		for user in (self.clerk_there, self.here.entry):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, queue.board, self.office)
			self.assertRefused(frappe.PermissionError, queue.display, self.office)
			self.assertFalse(frappe.has_permission(TICKET, "read", doc=name))


class TestScreens(CounterTestCase):
	def setUp(self) -> None:
		super().setUp()
		frappe.db.delete(TICKET)  # in this transaction
		self.act_as(self.clerk)
		self.answer = self.registered(CERTIFICATE)
		tickets.issue(self.office, GROUP, 1)
		steps.call_next(self.office, 2)

	def test_the_board_shows_who_waits_to_the_clerk(self) -> None:
		board = queue.board(self.office)
		self.assertEqual(
			[(row["number"], row["state"]) for row in board["tickets"]], [(2, "Called"), (1, "Waiting")]
		)
		self.assertIn("سعاد", board["tickets"][1]["applicant"])
		self.assertEqual(board["figures"]["waiting"], 1)

	def test_the_waiting_room_sees_numbers_and_windows_only(self) -> None:
		shown = queue.display(self.office)
		self.assertEqual(
			[(row["number"], row["window"], row["called"]) for row in shown["windows"]], [(2, 2, True)]
		)
		self.assertEqual(shown["waiting"], 1)
		self.assertNotIn("سعاد", str(shown))
		self.assertNotIn(self.answer["receipt"], str(shown))

	def test_after_serving_the_number_moves_to_the_last_ones(self) -> None:
		name = queue.board(self.office)["tickets"][0]["name"]
		steps.take(name, "serve")
		steps.take(name, "finish")
		shown = queue.display(self.office)
		self.assertEqual((shown["windows"], shown["last"]), ([], [2]))

	def test_queries_do_not_grow_with_tickets(self) -> None:
		def asked() -> tuple[int, int]:
			found = []
			for look in (queue.board, queue.display):
				look(self.office)
				with queries() as sent:
					look(self.office)
				found.append(len(sent))
			return found[0], found[1]

		before = asked()
		for _ticket in range(6):
			self.registered(CERTIFICATE)
		self.assertEqual(asked(), before)


class TestTimesReport(CounterTestCase):
	def setUp(self) -> None:
		super().setUp()
		frappe.db.delete(TICKET)  # in this transaction
		self.act_as(self.clerk)
		for waited, worked in ((10, 5), (50, 15)):
			self.served(waited, worked)
		steps.take(tickets.issue(self.office, OTHER_GROUP)["name"], "cancel")

	def served(self, waited: int, worked: int, group: str = GROUP) -> None:
		name = tickets.issue(self.office, group)["name"]
		back(name, issued_on=waited)
		steps.take(name, "call", 1)
		steps.take(name, "serve")
		back(name, began_on=worked)
		steps.take(name, "finish")

	def test_means_by_counter_day_and_group(self) -> None:
		rows = execute({})[1]
		row = next(row for row in rows if row.service_group == GROUP and row.office == self.office)
		self.assertEqual((row.tickets, row.served, row.absent), (2, 2, 0))
		self.assertAlmostEqual(row.waiting_minutes, 30, delta=0.3)
		self.assertAlmostEqual(row.longest_minutes, 50, delta=0.3)
		self.assertEqual(row.in_time_share, 50)
		self.assertAlmostEqual(row.service_minutes, 10, delta=0.3)
		other = next(row for row in rows if row.service_group == OTHER_GROUP)
		self.assertIsNone(other.waiting_minutes)

	def test_filters_and_period(self) -> None:
		self.assertEqual(
			[row.service_group for row in execute({"service_group": OTHER_GROUP})[1]], [OTHER_GROUP]
		)
		past = {"from_date": add_days(nowdate(), -9), "to_date": add_days(nowdate(), -1)}
		self.assertEqual(execute(past)[1], [])
		self.assertRefused(PeriodError, execute, {"from_date": nowdate(), "to_date": add_days(nowdate(), -1)})

	def test_another_directorate_counts_nothing(self) -> None:
		self.act_as(self.there.chief)
		self.assertEqual([row for row in execute({})[1] if row.office == self.office], [])
		self.act_as(self.clerk_there)
		self.assertEqual((figures.mean_waiting(), figures.count("Waiting")), (0, 0))

	def test_number_cards_count_today_at_the_places_of_the_reader(self) -> None:
		tickets.issue(self.office)
		self.assertEqual(figures.count("Waiting"), 1)
		self.assertAlmostEqual(figures.mean_waiting(), 30, delta=0.3)
		self.assertAlmostEqual(figures.mean_service(), 10, delta=0.3)
		self.act_as(self.here.chief)
		self.assertEqual(figures.count("Waiting"), 1)

	def test_queries_do_not_grow_with_rows(self) -> None:
		def asked() -> int:
			execute({})
			with queries() as sent:
				execute({})
			return len(sent)

		before = asked()
		for _more in range(4):
			self.served(5, 5, "CIC")
		self.assertEqual(asked(), before)


class TestEndOfDay(CounterTestCase):
	def test_no_queue_goes_over_into_the_next_day(self) -> None:
		self.act_as(self.clerk)
		names = [tickets.issue(self.office)["name"] for _ in range(4)]
		steps.take(names[1], "call", 1)
		steps.take(names[2], "call", 2)
		steps.take(names[2], "serve")
		frappe.db.set_value(TICKET, {"name": ["in", names[:3]]}, "day", add_days(nowdate(), -1))
		self.act_as("Administrator")
		for _run in range(2):
			upkeep.close_days()
		states = [frappe.db.get_value(TICKET, name, "state") for name in names]
		self.assertEqual(states, ["Absent", "Absent", "Served", "Waiting"])
		self.assertIsNone(frappe.db.get_value(TICKET, names[2], "ended_on"))
