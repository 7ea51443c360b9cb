"""Report «Kafala Files and Their Times»: what is late, days of each step, and each reader's own files."""

import re

import frappe
from frappe.desk.query_report import run
from frappe.translate import print_language
from frappe.utils import add_days, now_datetime, nowdate
from social_care.prints import report
from social_care.prints.digits import in_digits

from social_care_kafala.kafala.path import states
from social_care_kafala.kafala.report.kafala_files_and_their_times.kafala_files_and_their_times import (
	get_chart,
)
from social_care_kafala.tests import cases
from social_care_kafala.tests.test_family_file import FileTestCase

REPORT = "Kafala Files and Their Times"
LATIN = re.compile("[A-Za-z]")


class TestTimesReport(FileTestCase):
	def setUp(self) -> None:
		super().setUp()
		past = add_days(nowdate(), -4)
		self.late = cases.at(
			self.file(), states.PAPERS, step_due_on=past, ceiling_due_on=add_days(nowdate(), -2)
		)
		self.paused = cases.at(self.file(), states.PAPERS, step_due_on=past, paused_since=now_datetime())
		self.over = cases.at(self.file(), states.REJECTED, step_due_on=past)
		step = self.late.step_times[0].name
		frappe.db.set_value("Kafala Step", step, {"left_on": now_datetime(), "days": 12})

	def ours(self) -> set[str]:
		return {self.late.name, self.paused.name, self.over.name}

	def rows(self, **filters) -> dict[str, dict]:
		return {row["name"]: row for row in run(REPORT, filters)["result"] if row.get("name")}

	def test_what_is_late_and_by_how_much(self) -> None:
		found = self.rows()
		self.assertLessEqual({self.late.name, self.paused.name}, set(found))
		self.assertNotIn(self.over.name, found)
		self.assertEqual(
			(found[self.late.name]["days_late"], found[self.late.name]["days_past_ceiling"]), (4, 2)
		)
		self.assertEqual(found[self.paused.name]["days_late"], 0)
		self.assertEqual(set(self.rows(late_only=1)) & self.ours(), {self.late.name})
		self.assertEqual(set(self.rows(over_ceiling=1)) & self.ours(), {self.late.name})
		self.assertIn(self.over.name, self.rows(with_closed=1))

	def test_days_of_steps_on_average(self) -> None:
		chart = get_chart(sorted(self.ours()))
		self.assertEqual(chart["data"]["datasets"][0]["values"], [12.0])
		self.assertTrue(run(REPORT, {})["chart"])

	def test_each_reader_has_his_own_files(self) -> None:
		self.act_as(self.stranger)
		self.assertFalse(set(self.rows(with_closed=1)) & self.ours())
		self.act_as(self.here.chief)
		self.assertLessEqual({self.late.name, self.paused.name}, set(self.rows()))
		self.assertEqual(self.rows(org_unit=self.there.directorate), {})
		for user in (self.here.director, self.here.officer):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, run, REPORT, {})

	def test_what_it_was_limited_to_stands_on_the_print_in_arabic(self) -> None:
		"""Every filter of the screen by its label: days as days, ticks as a word, units by their names."""
		filters = {"org_unit": self.here.directorate, "from_date": "2026-01-05", "late_only": 1}
		filters |= {"over_ceiling": 1, "with_closed": 0}
		with print_language("ar"):
			known = report._filters(frappe.get_doc("Report", REPORT))
			shown = report.facts(filters, known)
		unit = frappe.db.get_value("Org Unit", self.here.directorate, "unit_name")
		self.assertEqual([value for _label, value in shown], [in_digits(unit), "٠٥-٠١-٢٠٢٦", "نعم", "نعم"])
		self.assertFalse([text for row in shown for text in row if LATIN.search(text)])
		self.assertTrue(report.make(REPORT, filters).startswith(b"%PDF"))

	def test_it_names_nobody(self) -> None:
		answer = str(run(REPORT, {"with_closed": 1}))
		for row in self.late.adults:
			self.assertNotIn(row.first_name, answer)
			self.assertNotIn(row.national_number, answer)
