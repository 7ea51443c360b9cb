import frappe
from frappe.utils import add_days, nowdate

from social_care.api import indicators
from social_care.registry.report.children_and_institutions_by_governorate import (
	children_and_institutions_by_governorate as by_governorate,
)
from social_care.registry.report.children_without_national_number import (
	children_without_national_number as without_number,
)
from social_care.tests import SocialCareTestCase, factories


class TestFigures(SocialCareTestCase):
	"""Cards and reports count the rows of the reader's places, and nothing else."""

	def setUp(self) -> None:
		super().setUp()
		self.cairo = factories.org_unit(governorate="01")
		self.giza = factories.org_unit(governorate="21")
		self.home = factories.institution(self.cairo.name, licensed_capacity=1)
		self.other = factories.institution(self.giza.name)
		self.director = factories.staff("Directorate Director", self.cairo.name)
		self.reader = factories.staff("Aggregate Reader", self.cairo.name)
		factories.child(self.home.name)
		factories.child(self.home.name, national_number="", national_number_status="In Process")
		factories.child(self.other.name)

	def value(self, name: str) -> int:
		return getattr(indicators, name)()["value"]

	def test_cards_of_a_directorate(self) -> None:
		self.act_as(self.director)
		self.assertEqual(self.value("children_in_care"), 2)
		self.assertEqual(self.value("operating_institutions"), 1)
		self.assertEqual(self.value("unsubmitted_files"), 2)
		self.assertEqual(self.value("children_without_national_number"), 1)
		self.assertEqual(self.value("institutions_over_capacity"), 1)
		self.assertEqual(self.value("photographs_due"), 2)

	def test_aggregates_without_rows(self) -> None:
		self.act_as(self.reader)
		self.assertEqual(self.value("children_in_care"), 2)
		self.assertNotIn("route", indicators.children_in_care())
		self.assertRaises(frappe.PermissionError, frappe.get_list, "Child")

	def test_nobody_without_an_assignment_counts_anything(self) -> None:
		self.act_as(factories.user("nobody").name)
		self.assertEqual(self.value("children_in_care"), 0)

	def test_an_assignment_that_ended_yesterday_counts_nothing(self) -> None:
		user = factories.staff("Aggregate Reader", self.cairo.name, valid_to=add_days(nowdate(), -1))
		self.act_as(user)
		self.assertEqual(self.value("children_in_care"), 0)

	def test_report_by_governorate(self) -> None:
		self.act_as(self.director)
		_columns, rows, _message, chart, summary, _no_total = by_governorate.execute()
		row, total = rows
		self.assertEqual((total["children"], total["occupancy"], summary), (2, 200, None))
		self.assertEqual(
			(row["institutions"], row["children"], row["without_number"], row["capacity"]), (1, 2, 1, 1)
		)
		self.assertEqual(row["occupancy"], 200)
		self.assertEqual(chart["data"]["datasets"][0]["values"], [2])

	def test_report_without_number_needs_the_level_of_the_number(self) -> None:
		self.act_as(self.director)
		_columns, rows = without_number.execute()
		self.assertEqual([row["institution"] for row in rows], [self.home.name])
		self.act_as(factories.staff("Inspector", self.cairo.name))
		self.assertRaises(frappe.PermissionError, without_number.execute)
