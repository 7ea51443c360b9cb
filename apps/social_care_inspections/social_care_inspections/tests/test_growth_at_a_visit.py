"""What the registry has of the children's growth stands beside the checklist: two numbers, and nobody's measurement."""

import frappe
from frappe.utils import add_days, add_years, nowdate
from social_care.registry import growth
from social_care.tests import factories
from social_care.tests.queries import queries

from social_care_inspections.tests.cases import VisitTestCase, step, visit


class TestGrowthAtAVisit(VisitTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.act_as("Administrator")
		self.home = factories.institution(
			self.here.district, licensed_capacity=20, age_from=0, age_to=18
		).name

	def child(self, years: int, measured_before: int | None = None) -> str:
		"""A child so old, measured so many days ago."""
		doc = factories.child(self.home, birth_date=add_days(add_years(nowdate(), -years), -30))
		if measured_before is not None:
			day = add_days(nowdate(), -measured_before)
			row = {"record_kind": "Growth Measurement", "record_date": day, "height_cm": 100, "weight_kg": 16}
			doc.append("health_records", row)
			doc.save()
		return doc.name

	def test_only_younger_children_and_late_measurements_count(self) -> None:
		self.child(4, measured_before=20)
		self.child(4, measured_before=300)
		self.child(3)
		self.child(9, measured_before=5)
		self.assertEqual(growth.measured_among(self.home, 6, 6), (1, 3))
		with queries() as asked:
			growth.measured_among(self.home, 6, 6)
		self.assertEqual(len(asked), 1)

	def test_the_inspector_is_told_two_numbers(self) -> None:
		self.child(4, measured_before=20)
		self.child(3)
		told = self.told()
		self.assertIn("1", told)
		self.assertIn("2", told)
		self.assertNotIn("100", told)

	def test_nothing_is_told_where_no_child_is_that_young(self) -> None:
		self.child(9, measured_before=5)
		self.assertEqual(self.told(), "")

	def told(self) -> str:
		"""As the form of a visit that has begun has it, for an inspector who reads no child's health."""
		self.act_as(self.here.chief)
		doc = visit(self.home, self.inspector)
		self.act_as(self.inspector)
		self.assertNotIn(2, frappe.get_meta("Child").get_permlevel_access("read", user=self.inspector))
		doc = step(doc, "Begun")
		doc.run_method("onload")
		return doc.get_onload("growth")
