"""Figures for the public: no small number, lines of the reader's places, and nobody else opens the report."""

from datetime import timedelta

import frappe
from social_care.demo.generator import user_names
from social_care.registry import small_numbers
from social_care.tests.queries import queries

from social_care_inspections.inspections.report.inspection_figures_for_publication import (
	inspection_figures_for_publication as publication,
)
from social_care_inspections.inspections.visits import states
from social_care_inspections.tests.test_campaign import CampaignTestCase

ADVISER = user_names.named_user("Inspection Adviser")
NAME = "Inspection Figures for Publication"


class TestReport(CampaignTestCase):
	def setUp(self) -> None:
		super().setUp()
		as_of = self.nation.settings.as_of
		self.period = {"from_date": as_of - timedelta(days=365), "to_date": as_of}
		self.settings(figures_kept_minutes=0)

	def limit(self, number: int) -> None:
		frappe.db.set_single_value("Social Care Settings", "public_small_numbers_below", number)
		frappe.clear_document_cache("Social Care Settings", "Social Care Settings")
		self.addCleanup(frappe.clear_document_cache, "Social Care Settings", "Social Care Settings")

	def test_numbers_are_those_of_the_period(self) -> None:
		self.act_as(ADVISER)
		lines = publication.counted(publication.validated(self.period))
		first, last = self.period.values()
		made = [
			row
			for row in self.rows[states.DOCTYPE]
			if row["status"] in states.MADE and first <= row["visited_on"] <= last
		]
		graded = [row for row in made if row["status"] == states.APPROVED and row["grade"]]
		self.assertGreater(len(lines), 10)
		self.assertGreaterEqual(sum(line["visits"] for line in lines), len(made))
		self.assertGreaterEqual(sum(line["D"] for line in lines), sum(row["grade"] == "D" for row in graded))
		for line in lines:
			self.assertEqual(sum(line[grade] for grade in "ABCD"), line["evaluated"])

	def test_no_small_number_and_no_name_is_told(self) -> None:
		self.limit(5)
		self.act_as(ADVISER)
		told = publication.execute(self.period)[1]
		numbers = [value for line in told for key, value in line.items() if key not in ("name", "bold")]
		self.assertFalse([value for value in numbers if value.isdigit() and 0 < int(value) < 5])
		self.assertIn(small_numbers.HIDDEN, numbers)
		names = {site.code for site in self.nation.sites}
		self.assertFalse(names & set(numbers))
		self.assertIn("5", publication.print_layout(self.period).notes[0])

	def test_only_headquarters_opens_it(self) -> None:
		director = user_names.directorate_director(self.nation.sites[0].governorate)
		for user in (director, user_names.institution_director(self.nation.sites[0].code)):
			self.act_as(user)
			self.assertFalse(frappe.get_doc("Report", NAME).is_permitted(), user)
		self.act_as(ADVISER)
		self.assertTrue(frappe.get_doc("Report", NAME).is_permitted())

	def test_whoever_has_no_place_has_no_line(self) -> None:
		director = user_names.directorate_director(self.nation.sites[0].governorate)
		self.act_as(director)
		mine = publication.execute(self.period)[1]
		self.assertEqual(len(mine), 2)
		self.act_as("Guest")
		self.assertEqual(publication.execute(self.period)[1], [])

	def test_as_many_queries_for_one_directorate_as_for_the_country(self) -> None:
		counted = []
		for user in (user_names.directorate_director(self.nation.sites[0].governorate), ADVISER):
			self.act_as(user)
			publication.execute(self.period)
			with queries() as asked:
				publication.execute(self.period)
			counted.append(len(asked))
		self.assertLessEqual(counted[1], counted[0] + 2)
		self.assertLess(counted[1], 20)

	def test_a_period_that_ends_first_is_refused(self) -> None:
		backwards = {"from_date": self.period["to_date"], "to_date": self.period["from_date"]}
		self.assertRefused(frappe.ValidationError, publication.execute, backwards)
