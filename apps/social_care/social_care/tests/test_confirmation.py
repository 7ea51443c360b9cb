"""Confirmation of children's data: opened for all at once, and decided row by row by those who may."""

import json
from unittest.mock import patch

import frappe
from frappe.utils import add_days, nowdate

from social_care.governance.confirmation import (
	CONFIRMATION,
	CYCLE,
	ROW,
	counting,
	deciding,
	opening,
	rights,
	screen,
)
from social_care.tests import factories
from social_care.tests.confirmation_cases import ConfirmationCase
from social_care.tests.queries import queries


class TestOpening(ConfirmationCase):
	def test_every_institution_and_child_once_however_often_it_is_begun(self) -> None:
		name = self.open()
		homes = frappe.db.count("Institution", {"status": ["!=", "Closed"]})
		self.assertEqual(frappe.db.count(CONFIRMATION), homes)
		self.assertEqual(set(self.stored(name)), set(self.children))
		rows = frappe.db.count(ROW)
		self.assertEqual(self.open(), name)
		self.assertEqual((frappe.db.count(CONFIRMATION), frappe.db.count(ROW)), (homes, rows))

	def test_a_worker_that_was_ended_is_followed_by_one_that_goes_on(self) -> None:
		with patch.object(opening, "AT_ONCE", 1):
			cycle = opening.begin(nowdate(), 3)
			opening._next_chunk(cycle)
			self.assertEqual(frappe.db.get_value(CYCLE, cycle, "status"), "Opening")
			self.assertEqual(frappe.db.count(CONFIRMATION), 1)
		self.assertEqual(opening.due(), cycle)
		opening.open_cycle(cycle)
		self.assertEqual(frappe.db.get_value(CYCLE, cycle, "status"), "Open")
		self.assertEqual(
			frappe.db.count(CONFIRMATION), frappe.db.count("Institution", {"status": ["!=", "Closed"]})
		)

	def test_a_cycle_begins_when_the_period_is_over_and_ends_the_one_before(self) -> None:
		self.settings(confirmation_months=3)
		first = self.open(add_days(nowdate(), -60))
		self.assertIsNone(opening.due())
		frappe.db.set_value(CYCLE, {"status": "Open"}, "to_date", add_days(nowdate(), -1))
		second = opening.due()
		self.assertIsNotNone(second)
		opening.open_cycle(second)
		self.assertEqual(frappe.db.get_value(CONFIRMATION, first, "status"), "Not Confirmed")
		self.assertEqual(frappe.get_all(CYCLE, {"status": "Open"}, pluck="name"), [second])

	def test_none_is_opened_where_the_settings_say_so(self) -> None:
		self.settings(confirmation_months=0)
		self.assertIsNone(opening.due())

	def test_queries_do_not_grow_with_children(self) -> None:
		def asked() -> int:
			with queries() as sent:
				self.open()
			return len(sent)

		self.open()
		few = asked()
		for _child in range(4):
			factories.child(self.home)
		self.assertEqual(asked(), few)

	def test_who_comes_later_waits_too(self) -> None:
		name = self.open()
		late = factories.child(self.home).name
		counting.follow_children()
		counting.recount()
		self.assertIn(late, self.stored(name))
		self.assertEqual(frappe.db.get_value(CONFIRMATION, name, "children"), 4)


class TestDeciding(ConfirmationCase):
	def test_who_confirmed_and_when_is_kept_and_a_second_click_changes_nothing(self) -> None:
		name = self.open()
		self.act_as(self.entry)
		answer = self.decide(name)
		self.assertEqual(set(answer["results"].values()), {"saved"})
		first = self.stored(name)
		self.assertEqual({row.decided_by for row in first.values()}, {self.entry})
		self.act_as(self.worker)
		answer = self.decide(name)
		self.assertEqual(set(answer["results"].values()), {"kept"})
		self.assertEqual(self.stored(name), first)
		self.assertEqual(frappe.db.count(ROW, {"confirmation": name}), 3)
		self.assertEqual(answer["counts"], {"Waiting": 0, "Confirmed": 3, "To Correct": 0})
		self.assertEqual(frappe.db.get_value(CONFIRMATION, name, "confirmed"), 3)

	def test_what_was_not_seen_is_not_confirmed(self) -> None:
		name = self.open()
		self.act_as(self.entry)
		rows = self.seen(name)
		child = self.children[0]
		doc = frappe.get_doc("Child", child)
		doc.room_group = "الزهور"
		doc.save()
		answer = deciding.decide(name, [{"child": child, "state": "Confirmed", "seen": rows[child]["seen"]}])
		self.assertEqual(answer["results"], {child: "changed"})
		self.assertEqual(self.stored(name)[child].state, "Waiting")
		self.assertEqual([row["group"] for row in answer["rows"]], ["الزهور"])

	def test_later_changes_show_by_field(self) -> None:
		name = self.open()
		self.act_as(self.entry)
		self.decide(name)
		child = self.children[0]
		doc = frappe.get_doc("Child", child)
		doc.room_group = "النرجس"
		doc.append(
			"education_records",
			{"school_year": "2026/2027", "stage": "Primary", "grade": 3, "enrolment_status": "Enrolled"},
		)
		doc.save()
		row = self.seen(name)[child]
		self.assertTrue(row["is_changed_since"])
		labels = {
			frappe._(frappe.get_meta("Child").get_label(field))
			for field in ("room_group", "education_records")
		}
		self.assertEqual(set(row["changed_since"]), labels)
		other = self.seen(name)[self.children[1]]
		self.assertFalse(other["is_changed_since"])
		self.assertEqual(self.decide(name, children=[child])["results"], {child: "saved"})
		self.assertFalse(self.seen(name)[child]["is_changed_since"])

	def test_differences_since_the_last_cycle(self) -> None:
		earlier = self.open(add_days(nowdate(), -95))
		self.act_as(self.entry)
		self.decide(earlier, children=self.children[:2])
		doc = frappe.get_doc("Child", self.children[0])
		doc.room_group = "الياسمين"
		doc.save()
		name = self.open()
		self.act_as(self.entry)
		rows = self.seen(name)
		self.assertEqual(
			rows[self.children[0]]["differs"], [frappe._(frappe.get_meta("Child").get_label("room_group"))]
		)
		self.assertEqual((rows[self.children[1]]["differs"], rows[self.children[1]]["is_new"]), ([], False))
		self.assertTrue(rows[self.children[2]]["is_new"])

	def test_a_child_that_has_left_is_gone_and_back_is_asked_again(self) -> None:
		name = self.open()
		self.act_as(self.entry)
		rows = self.seen(name)
		self.act_as("Administrator")
		factories.transfer(self.children[0], self.here.institution)
		self.act_as(self.entry)
		answer = deciding.decide(
			name, [{"child": self.children[0], "state": "Confirmed", "seen": rows[self.children[0]]["seen"]}]
		)
		self.assertEqual(answer["results"], {self.children[0]: "gone"})
		self.assertNotIn(self.children[0], self.seen(name))

	def test_a_decision_is_taken_back(self) -> None:
		name = self.open()
		self.act_as(self.entry)
		self.decide(name)
		self.decide(name, "Waiting", self.children[:1])
		row = self.stored(name)[self.children[0]]
		self.assertEqual((row.state, row.decided_by, row.fingerprint), ("Waiting", None, None))

	def test_nonsense_is_refused(self) -> None:
		name = self.open()
		self.act_as(self.entry)
		for decisions in (
			[{"child": self.children[0], "state": "Approved", "seen": ""}],
			[{"child": "x"}] * 201,
		):
			self.assertRefused(rights.ConfirmationError, deciding.decide, name, decisions)

	def test_pages_hold_every_child_once_in_a_fixed_number_of_queries(self) -> None:
		name = self.open()
		self.act_as(self.entry)
		screen.page(name)
		self.act_as(self.entry)
		with queries() as few:
			screen.page(name)
		self.act_as("Administrator")
		more = [factories.child(self.home).name for _child in range(4)]
		self.act_as(self.entry)
		with queries() as many:
			screen.page(name)
		self.assertEqual(len(many), len(few))
		with patch.object(screen, "AT_ONCE", 3):
			first = screen.page(name)
			second = screen.page(name, after=first["rows"][-1]["child"])
			third = screen.page(name, after=second["rows"][-1]["child"])
		found = [row["child"] for told in (first, second, third) for row in told["rows"]]
		self.assertEqual(sorted(found), sorted([*self.children, *more]))
		self.assertEqual([told["more"] for told in (first, second, third)], [True, True, False])


class TestSettings(ConfirmationCase):
	def test_fields_that_are_confirmed_are_fields_of_the_file(self) -> None:
		settings = frappe.get_doc("Social Care Settings")
		settings.append("confirmed_fields", {"field": "no_such_field"})
		self.assertRefused(frappe.ValidationError, settings.save)

	def test_a_field_that_is_confirmed_from_now_on_is_no_change_of_what_was(self) -> None:
		name = self.open()
		self.act_as(self.entry)
		self.decide(name)
		self.act_as("Administrator")
		settings = frappe.get_doc("Social Care Settings")
		settings.append("confirmed_fields", {"field": "caregiver"})
		settings.save()
		self.act_as(self.entry)
		self.assertFalse(any(row["is_changed_since"] for row in self.seen(name).values()))
		stored = json.loads(self.stored(name)[self.children[0]].fingerprint)
		self.assertNotIn("caregiver", stored)
