"""The demonstration nation's tool is as the controller would have made it."""

from collections import defaultdict
from datetime import date

import frappe
from frappe.utils import nowdate
from social_care.demo.generator.nation import Nation
from social_care.demo.generator.settings import NationSettings
from social_care.tests import SocialCareTestCase

from social_care_inspections.demo.tools import DOCTYPE, build


class TestDemonstration(SocialCareTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		settings = NationSettings(
			as_of=date.fromisoformat(nowdate()), children=100, institutions=10, planted={}
		)
		cls.rows = defaultdict(list)
		for doctype, row in build(Nation(settings)):
			cls.rows[doctype].append(row)

	def test_two_versions_follow_each_other(self) -> None:
		first, second = self.rows[DOCTYPE]
		self.assertEqual((first["version"], second["version"]), (1, 2))
		self.assertEqual((second["valid_from"] - first["valid_to"]).days, 1)

	def test_the_controller_takes_them(self) -> None:
		for row in self.rows[DOCTYPE]:
			tables = {
				field: [child for child in self.rows[doctype] if child["parent"] == row["name"]]
				for field, doctype in (
					("indicators", "Assessment Indicator"),
					("institution_types", "Assessment Tool Institution Type"),
				)
			}
			doc = frappe.get_doc({"doctype": DOCTYPE, **row, **tables})
			stored = doc.standard_count, doc.indicator_count, doc.total_weight
			doc.run_method("validate")
			self.assertEqual((doc.standard_count, doc.indicator_count, doc.total_weight), stored)

	def test_columns_exist(self) -> None:
		for doctype, rows in self.rows.items():
			columns = set(frappe.db.get_table_columns(doctype))
			for row in rows:
				self.assertFalse(set(row) - columns)
				self.assertEqual(set(row), set(rows[0]))
