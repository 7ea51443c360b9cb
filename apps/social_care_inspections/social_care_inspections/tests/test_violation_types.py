"""Kinds of violations: the list that comes with the app, and crimes among them."""

import frappe
from social_care.tests import SocialCareTestCase
from social_care.tests.factories import unique

from social_care_inspections.setup.seeds import ensure_seeds
from social_care_inspections.setup.tables import table

GROUPS = {"Neglect": 5, "Overlooking of Errors": 3, "Abuse of Children": 6}


class TestViolationTypes(SocialCareTestCase):
	def test_the_ministrys_groups_are_there(self) -> None:
		rows = table("violation_types")
		for group, count in GROUPS.items():
			self.assertEqual(sum(row["violation_group"] == group for row in rows), count, group)
		stored = set(frappe.get_all("Violation Type", pluck="name"))
		self.assertFalse({row["violation_code"] for row in rows} - stored)

	def test_a_suspected_crime_raises_the_suspicion(self) -> None:
		values = {"violation_code": unique("V"), "violation_name": "نوع", "violation_group": "Safety"}
		doc = frappe.get_doc(
			{"doctype": "Violation Type", **values, "default_severity": "Suspected Crime"}
		).insert()
		self.assertEqual(doc.is_criminal_suspicion, 1)

	def test_the_table_says_it_of_every_crime(self) -> None:
		crimes = [row for row in table("violation_types") if row["default_severity"] == "Suspected Crime"]
		self.assertTrue(crimes)
		self.assertEqual({row["is_criminal_suspicion"] for row in crimes}, {"1"})

	def test_seeding_again_adds_and_overwrites_nothing(self) -> None:
		frappe.db.set_value("Violation Type", "NE-01", "violation_name", "اسم غيره المدير الوظيفي")
		counts = {
			name: frappe.db.count(name)
			for name in ("Violation Type", "Assessment Tool", "Assessment Indicator")
		}
		ensure_seeds()
		self.assertEqual(counts, {name: frappe.db.count(name) for name in counts})
		self.assertEqual(
			frappe.db.get_value("Violation Type", "NE-01", "violation_name"), "اسم غيره المدير الوظيفي"
		)
