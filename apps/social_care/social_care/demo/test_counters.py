"""Counters of the demonstration nation: rows as the controllers would have written them."""

from collections import defaultdict
from datetime import date

import frappe

from social_care.demo import counters
from social_care.demo.generator import Nation, NationSettings
from social_care.tests import SocialCareTestCase

SETTINGS = NationSettings(date(2026, 11, 21), children=240, institutions=30)


class TestCounters(SocialCareTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.rows = defaultdict(list)
		for doctype, row in counters.build(Nation(SETTINGS)):
			cls.rows[doctype].append(row)

	def test_a_counter_in_each_governorate_with_places(self) -> None:
		offices = self.rows["Service Office"]
		self.assertEqual(len(offices), 27)
		self.assertEqual(len({row["org_unit"] for row in offices}), 27)
		self.assertEqual(
			{row["parent"] for row in self.rows["Service Office Capacity"]}, {row["name"] for row in offices}
		)

	def test_numbers_have_no_gap_and_times_their_order(self) -> None:
		days = defaultdict(list)
		for row in self.rows["Service Ticket"]:
			days[row["office"], row["day"]].append(row)
			times = [row[name] for name in ("issued_on", "called_on", "began_on", "ended_on") if row[name]]
			self.assertEqual(times, sorted(times))
			waited = (row["called_on"] - row["issued_on"]).total_seconds()
			self.assertEqual(row["waiting_seconds"], waited)
			self.assertEqual(row["within_target"], int(waited <= counters.TARGET * 60))
			self.assertEqual(bool(row["ended_on"]), row["state"] == "Served")
		self.assertEqual(len(days), 27 * counters.DAYS)
		for rows in days.values():
			self.assertEqual([row["number"] for row in rows], list(range(1, len(rows) + 1)))

	def test_rows_have_every_column_and_allowed_values(self) -> None:
		for doctype, rows in self.rows.items():
			columns = {
				df.fieldname
				for df in frappe.get_meta(doctype).fields
				if df.fieldtype not in frappe.model.no_value_fields
			}
			for row in rows[:50]:
				self.assertLessEqual(columns, set(row), doctype)
				frappe.get_doc({"doctype": doctype, **row})._validate_selects()

	def test_no_day_of_rest_and_the_same_rows_again(self) -> None:
		self.assertFalse({row["day"].weekday() for row in self.rows["Service Ticket"]} & {4, 5})
		again = [row for doctype, row in counters.build(Nation(SETTINGS)) if doctype == "Service Ticket"]
		self.assertEqual(again, self.rows["Service Ticket"])
