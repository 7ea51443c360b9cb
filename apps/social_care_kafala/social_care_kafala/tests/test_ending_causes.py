"""Causes for which a kafala ends: the list that comes with the app."""

import frappe
from social_care.tests import CountryTestCase

from social_care_kafala.setup.seeds import ensure_seeds
from social_care_kafala.setup.tables import table

DOCTYPE = "Kafala Ending Cause"


class TestEndingCauses(CountryTestCase):
	def test_the_seventeen_causes_are_there(self) -> None:
		stored = set(frappe.get_all(DOCTYPE, pluck="name"))
		self.assertEqual(len(table("ending_causes")), 17)
		self.assertFalse({row["cause_code"] for row in table("ending_causes")} - stored)

	def test_neglect_abuse_and_exploitation_call_for_protection(self) -> None:
		found = frappe.get_all(
			DOCTYPE, filters={"is_protection_concern": 1}, pluck="name", order_by="name asc"
		)
		self.assertLessEqual({"KE-12", "KE-13", "KE-14"}, set(found))

	def test_seeding_again_adds_and_overwrites_nothing(self) -> None:
		frappe.db.set_value(DOCTYPE, "KE-01", "cause_name", "اسم آخر")
		count = frappe.db.count(DOCTYPE)
		ensure_seeds()
		self.assertEqual(frappe.db.count(DOCTYPE), count)
		self.assertEqual(frappe.db.get_value(DOCTYPE, "KE-01", "cause_name"), "اسم آخر")

	def test_everybody_reads_and_the_functional_administrator_keeps_them(self) -> None:
		self.act_as(self.here.officer)
		self.assertTrue(frappe.has_permission(DOCTYPE, "read", "KE-01"))
		self.assertFalse(frappe.has_permission(DOCTYPE, "write", "KE-01"))
