"""Visits to a child in the family: when they are due, what they ask for, who is told, and how many are made."""

from datetime import date

import frappe
from frappe.utils import add_days, add_months, getdate, nowdate
from social_care.tests import factories

from social_care_kafala.kafala.doctype.kafala_family_file.kafala_family_file import KafalaFileError
from social_care_kafala.kafala.doctype.kafala_follow_up_visit.kafala_follow_up_visit import FollowUpVisitError
from social_care_kafala.kafala.hand_over import visits
from social_care_kafala.kafala.hand_over.prints import kafala_card, kafala_contract
from social_care_kafala.kafala.path import states as path
from social_care_kafala.kafala.report.kafala_follow_up_coverage import kafala_follow_up_coverage as report
from social_care_kafala.tests import cases
from social_care_kafala.tests.test_hand_over import HandOverTestCase

REFUSED = (frappe.ValidationError, frappe.PermissionError)
FOUND = {
	"health_state": "Good",
	"school_state": "Not at School Age",
	"home_state": "Good",
	"card_valid": "Yes",
	"deposit_kept": "Yes",
	"alert": "No Alert",
	"child_view": "أحب غرفتي",
}


class FollowUpTestCase(HandOverTestCase):
	def handed_over(self):
		self.held = self.child()
		return self.hand_over(self.ready(self.held))

	def due(self, file):
		return frappe.get_doc(visits.DOCTYPE, {"family_file": file.name, "status": visits.DUE})

	def make(self, visit, user: str = "", **values):
		self.act_as(user or self.specialist)
		doc = frappe.get_doc(visits.DOCTYPE, visit.name)
		return doc.update({"visit_date": nowdate(), **FOUND, **values}).save()


class TestSchedule(FollowUpTestCase):
	def test_each_month_at_first_then_each_quarter_until_of_age(self) -> None:
		planned = list(visits.days(date(2026, 1, 31), 3, 3, date(2027, 1, 31)))
		self.assertEqual(
			planned,
			[
				*(date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)),
				*(date(2026, 7, 31), date(2026, 10, 31), date(2027, 1, 31)),
			],
		)
		self.assertEqual(list(visits.days(date(2026, 1, 1), 3, 3, date(2026, 1, 15))), [])

	def test_the_hand_over_plans_the_first_and_each_visit_the_next(self) -> None:
		file = self.handed_over()
		first = self.due(file)
		self.assertEqual((first.child, first.open_child), (self.held.name, self.held.name))
		self.assertEqual(first.due_on, getdate(add_months(nowdate(), 1)))
		made = self.make(first)
		self.assertEqual(
			(made.status, made.visited_by, made.open_child), (visits.MADE, self.specialist, None)
		)
		self.assertEqual(self.due(file).due_on, getdate(add_months(nowdate(), 2)))

	def test_nothing_is_planned_past_the_age_of_the_settings(self) -> None:
		start = getdate(nowdate())
		born = getdate(add_months(nowdate(), -12 * 21 + 2))
		self.assertEqual(visits.next_day(start, start, born), getdate(add_months(nowdate(), 1)))
		self.assertIsNone(visits.next_day(start, getdate(add_months(nowdate(), 2)), born))

	def test_the_end_of_the_kafala_cancels_what_is_due(self) -> None:
		file = self.handed_over()
		visit = self.due(file)
		visits.pass_on(frappe._dict(family_file=file.name, next_file=None, child=self.held.name))
		visit.reload()
		self.assertEqual((visit.status, visit.open_child), (visits.CANCELLED, None))


class TestVisit(FollowUpTestCase):
	def test_a_visit_answers_everything_and_hears_the_child(self) -> None:
		visit = self.due(self.handed_over())
		for name in FOUND:
			with self.subTest(name):
				self.assertRefused(FollowUpVisitError, self.make, visit, **{name: ""})
		self.assertRefused(FollowUpVisitError, self.make, visit, visit_date=add_days(nowdate(), 1))
		self.assertRefused(FollowUpVisitError, self.make, visit, alert="Watch Closely")

	def test_what_was_found_stays(self) -> None:
		made = self.make(self.due(self.handed_over()))
		made.child_view = "آخر"
		self.assertRefused(FollowUpVisitError, made.save)
		self.act_as("Administrator")
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, visits.DOCTYPE, made.name)

	def test_an_alert_reaches_the_directorate_without_names(self) -> None:
		visit = self.make(self.due(self.handed_over()), alert="Danger to the Child", alert_reason="آثار ضرب")
		rows = frappe.get_all("Notification Log", {"document_name": visit.name}, ["for_user", "subject"])
		self.assertIn(self.chief, {row.for_user for row in rows})
		self.assertFalse([row for row in rows if self.held.first_name in row.subject])

	def test_a_visit_on_an_alert_is_of_the_files_child_and_plans_nothing(self) -> None:
		file, other = self.handed_over(), self.child()
		self.act_as(self.specialist)
		doc = frappe.get_doc(
			{"doctype": visits.DOCTYPE, "family_file": file.name, "child": other.name}
		).insert()
		self.assertEqual((doc.child, doc.visit_reason), (self.held.name, visits.ON_ALERT))
		self.make(doc)
		self.assertEqual(frappe.db.count(visits.DOCTYPE, {"family_file": file.name, "status": visits.DUE}), 1)

	def test_a_family_without_a_child_is_not_visited(self) -> None:
		file = self.family()
		self.act_as(self.specialist)
		doc = frappe.get_doc({"doctype": visits.DOCTYPE, "family_file": file.name})
		self.assertRefused(FollowUpVisitError, doc.insert)

	def test_who_may_not_see_the_file_sees_no_visit(self) -> None:
		file = self.handed_over()
		visit = self.due(file)
		for user in (
			self.stranger,
			self.there.chief,
			self.here.director,
			self.here.officer,
			self.country.head,
		):
			self.act_as(user)
			self.assertRefused(REFUSED, frappe.get_doc(visits.DOCTYPE, visit.name).check_permission)
			self.assertRefused(REFUSED, self.make, visit, user)

	def test_the_case_manager_visits_and_does_not_read_who_the_child_is(self) -> None:
		file = self.handed_over()
		self.act_as("Administrator")
		manager = factories.staff("Case Manager", self.here.district)
		visit = self.due(file)
		self.act_as(manager)
		self.assertIsNone(frappe.get_list(visits.DOCTYPE, {"name": visit.name}, ["*"])[0].get("child"))
		self.assertEqual(self.make(visit, manager).status, visits.MADE)
		self.assertEqual(frappe.db.get_value(visits.DOCTYPE, visit.name, "child"), self.held.name)


class TestCoverage(FollowUpTestCase):
	def row(self, user: str = "", **filters) -> dict:
		self.act_as(user or self.chief)
		found = report.execute({"org_unit": self.here.district, **filters})[1]
		return found[0] if found else {}

	def visits_of(self, file, *days: tuple[int, bool]) -> None:
		"""Visits due so many days from today, made on their day or not."""
		frappe.db.delete(visits.DOCTYPE, {"family_file": file.name})
		for number, (offset, made) in enumerate(days):
			day = add_days(nowdate(), offset)
			row = {"status": visits.MADE if made else visits.DUE, "due_on": day, "org_unit": file.org_unit}
			doc = frappe.get_doc({"doctype": visits.DOCTYPE, "family_file": file.name, **row})
			doc.update({"visit_date": day if made else None, "alert": "Watch Closely" if made else ""})
			doc.name = f"KV-TEST-{number}"
			doc.db_insert()

	def test_it_counts_what_was_due_and_what_was_made(self) -> None:
		file = self.handed_over()
		before = self.row()
		self.visits_of(file, (-200, False), (-30, True), (-10, False), (20, False))
		row = self.row()
		self.assertEqual(row.families, before["families"])
		found = {name: row[name] - before[name] for name in ("due", "made", "overdue", "alerts")}
		self.assertEqual(found, {"due": 3, "made": 1, "overdue": 2, "alerts": 1})
		self.assertEqual(row.coverage, round(100 * row.made / row.due, 1))

	def test_it_is_of_the_readers_places(self) -> None:
		self.handed_over()
		self.assertFalse(self.row(self.there.chief))
		self.assertIn("46", report.execute({})[2])


class TestPrints(FollowUpTestCase):
	def test_contract_and_card_name_family_and_child(self) -> None:
		file = self.handed_over()
		self.act_as(self.chief)
		file = cases.at(file, path.FOLLOW_UP, card_number="5", card_issued_on=nowdate())
		for paper in (kafala_contract(file), kafala_card(file)):
			self.assertIn(self.held.first_name, str(paper["children"]))
			self.assertIn(file.adults[0].full_name, str(paper["family"]))
		for name in ("Kafala Contract", "Kafala Family Card"):
			html = frappe.get_print(file.doctype, file.name, name, doc=file)
			self.assertNotIn("Husband", html)

	def test_they_wait_for_their_day_and_keep_the_level(self) -> None:
		file = self.family()
		self.assertRefused(KafalaFileError, kafala_contract, file)
		self.assertRefused(KafalaFileError, kafala_card, file)
		file = self.handed_over()
		self.act_as(self.country.head)
		self.assertRefused(frappe.PermissionError, kafala_contract, frappe.get_doc(file.doctype, file.name))
