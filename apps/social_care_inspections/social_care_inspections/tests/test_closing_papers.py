"""The report of closings, the official prints of a closing, and the visits to children after their move."""

import os
from pathlib import Path

import frappe
from frappe.utils import add_days, nowdate
from social_care.prints import verification
from social_care.prints.testing import code_of, embedded, whole
from social_care.tests import factories

from social_care_inspections.inspections.closings import effect, states
from social_care_inspections.inspections.closings.follow_up import ClosingFollowUpError
from social_care_inspections.inspections.closings.prints import replacement_table
from social_care_inspections.inspections.report.closings_and_their_follow_up.closings_and_their_follow_up import (
	execute,
	get_data,
)
from social_care_inspections.tests.cases import fresh, step
from social_care_inspections.tests.closing_cases import HEARD, ClosingTestCase


class TestReport(ClosingTestCase):
	def of(self, user: str, doc, **filters) -> dict | None:
		self.act_as(user)
		return next((row for row in get_data(frappe._dict(filters)) if row.name == doc.name), None)

	def test_numbers_of_one_closing(self) -> None:
		first, _last = self.child().name, self.child().name
		doc = self.transferred()
		self.receive(first)
		found = self.of(self.here.chief, doc)
		numbers = [
			found[name] for name in ("living", "planned", "decided", "moved", "visits_done", "visits_late")
		]
		self.assertEqual(numbers, [1, 2, 2, 1, 0, 0])
		frappe.db.set_value(
			states.FOLLOW_UP, {"child": first, "visit_number": 1}, "due_on", add_days(nowdate(), -1)
		)
		late = self.of(self.here.chief, doc)
		self.assertEqual((late.visits_late, late.late), (1, frappe._("Visits to children")))

	def test_out_of_scope(self) -> None:
		doc = self.memo()
		self.assertTrue(self.of(self.here.chief, doc))
		self.assertTrue(self.of(self.country.head, doc))
		self.assertIsNone(self.of(self.there.chief, doc))
		self.assertIsNone(self.of(self.here.chief, doc, expected_result=states.MERGER))
		self.act_as(self.director)
		self.assertRefused(frappe.PermissionError, get_data, frappe._dict())

	def test_those_that_have_ended_on_request(self) -> None:
		doc = step(self.memo(), states.CANCELLED, closing_reason="لا حاجة")
		self.assertTrue(self.of(self.here.chief, doc))
		self.assertIsNone(self.of(self.here.chief, doc, with_ended=0))
		columns, rows, _message, chart = execute({})
		self.assertEqual(sum(chart["data"]["datasets"][0]["values"]), len(rows))
		self.assertTrue(all(column["label"] for column in columns))


class TestFollowUps(ClosingTestCase):
	def moved(self):
		child = self.child().name
		doc = self.transferred()
		self.receive(child)
		return doc, child

	def visit(self, child: str, number: int = 1):
		return frappe.get_doc(states.FOLLOW_UP, {"child": child, "visit_number": number})

	def test_recorded_once_by_whoever_visits(self) -> None:
		_doc, child = self.moved()
		visit = self.visit(child)
		said = {"visited_on": nowdate(), "settled": "Well", "findings": "استقر مع زملائه"}
		self.act_as(self.near_director())
		visit.update(said)
		self.assertRefused(frappe.PermissionError, visit.save)
		self.act_as(self.here.chief)
		visit = self.visit(child)
		visit.visited_on = nowdate()
		self.assertRefused(ClosingFollowUpError, visit.save)
		visit = self.visit(child)
		visit.update(said)
		visit.save()
		self.assertEqual((visit.status, visit.done_by), ("Done", self.here.chief))
		visit = fresh(visit)
		visit.findings = "غير ذلك"
		self.assertRefused(ClosingFollowUpError, visit.save)

	def near_director(self) -> str:
		self.act_as("Administrator")
		return factories.staff("Institution Director", institution=self.near)

	def test_planned_once_and_not_for_whoever_has_left_care(self) -> None:
		_doc, child = self.moved()
		effect.note_moves()
		effect.run()
		self.assertEqual(frappe.db.count(states.FOLLOW_UP, {"child": child}), 3)
		frappe.db.set_value("Child", child, "life_state", "Left Care")
		effect.run()
		self.assertEqual(frappe.db.count(states.FOLLOW_UP, {"child": child, "status": "Not Needed"}), 3)

	def test_the_days_are_settings(self) -> None:
		self.act_as("Administrator")
		found = frappe.get_doc(states.SETTINGS)
		found.follow_up_days = "14، 60"
		found.save()
		_doc, child = self.moved()
		self.act_as("Administrator")
		days = frappe.get_all(states.FOLLOW_UP, {"child": child}, pluck="due_on", order_by="due_on asc")
		self.assertEqual([str(day) for day in days], [add_days(nowdate(), number) for number in (14, 60)])
		found.follow_up_days = "كل شهر"
		self.assertRefused(frappe.ValidationError, found.save)

	def test_who_has_the_file_sees_the_visit(self) -> None:
		_doc, child = self.moved()
		name = self.visit(child).name
		for user, sees in ((self.here.chief, True), (self.near_director(), True), (self.there.chief, False)):
			self.act_as(user)
			self.assertEqual(bool(frappe.has_permission(states.FOLLOW_UP, "read", doc=name)), sees, user)
		self.act_as(self.director)
		self.assertFalse(frappe.has_permission(states.FOLLOW_UP, "read", doc=name))


class TestPrints(ClosingTestCase):
	def document(self, user: str, name: str, print_format: str) -> bytes:
		self.act_as(user)
		pdf = frappe.get_print(states.CLOSING, name, print_format, as_pdf=True, pdf_generator="chromium")
		if folder := os.environ.get("PRINTS_FOLDER"):
			Path(folder, f"{frappe.scrub(print_format)}.pdf").write_bytes(pdf)
		return pdf

	def test_the_file_and_the_table(self) -> None:
		pair, one = self.siblings(), self.child(sex="Female")
		self.act_as(self.director)
		number = factories.national_number("1985-01-01")
		worker = {
			"doctype": "Institution Worker",
			"institution": self.home,
			"job": "مشرفة",
			"from_date": nowdate(),
		}
		frappe.get_doc(worker | {"full_name": "سعاد إبراهيم", "national_number": number}).insert()
		doc = self.transferred()
		self.act_as(self.here.chief)
		doc = fresh(doc)
		doc.append(
			"assets",
			{"asset": "أجهزة حاسب", "quantity": 4, "custodian": "المديرية", "handed_over_on": nowdate()},
		)
		doc.save()
		pdf = self.document(self.here.chief, doc.name, "Closing File")
		said = whole(pdf)
		for text in (*order_texts(), "أجهزةحاسب", "سعادإبراهيم", doc.name):
			self.assertIn(text, said)
		self.assertNotIn(HEARD["child_view"].replace(" ", ""), said)
		self.assertTrue(embedded(pdf))
		self.assertEqual(verification.verify(code_of(pdf))["state"], "valid")
		table = self.document(self.here.chief, doc.name, "Table of Re-placements")
		for name in (*pair, one.name):
			self.assertIn(name, whole(table))
		self.assertIn(one.full_name.split()[-2], whole(table))
		self.assertIn("١٢/٢٠٢٦", whole(table))

	def test_not_without_rows_and_not_for_others(self) -> None:
		doc = self.memo()
		self.assertRefused(frappe.ValidationError, replacement_table, doc)
		for user in (self.there.chief, self.director, self.here.officer):
			self.act_as(user)
			self.assertFalse(frappe.has_permission(states.CLOSING, "print", doc=doc.name), user)


def order_texts() -> tuple[str, ...]:
	return "٧٧/٢٠٢٦", "وزيرةالتضامن", "هدىمحمود", "يجوزقانونا"
