"""The tree of units, the settings that a decree may change, and what a new site begins with."""

import frappe
from frappe.utils import add_days, nowdate
from frappe.utils.nestedset import NestedSetRecursionError

from social_care.setup.install import ensure_everything
from social_care.setup.tables import table
from social_care.tests import CountryTestCase, SocialCareTestCase, factories


class TestOrgUnit(CountryTestCase):
	def test_there_is_one_root(self) -> None:
		self.assertRefused(frappe.MandatoryError, factories.org_unit, "Headquarters", None)
		headquarters = frappe.get_doc("Org Unit", "HQ")
		headquarters.phone = "0227370000"
		headquarters.save()

	def test_a_unit_cannot_become_a_second_root(self) -> None:
		unit = frappe.get_doc("Org Unit", self.here.district)
		unit.parent_org_unit = None
		self.assertRefused(frappe.MandatoryError, unit.save)

	def test_a_unit_is_not_below_itself(self) -> None:
		unit = frappe.get_doc("Org Unit", self.here.directorate)
		unit.parent_org_unit = self.here.district
		self.assertRefused(NestedSetRecursionError, unit.save)

	def test_validity_and_successor(self) -> None:
		self.assertRefused(
			frappe.ValidationError, factories.org_unit, valid_from=nowdate(), valid_to=add_days(nowdate(), -1)
		)
		unit = factories.org_unit()
		unit.successor = unit.name
		self.assertRefused(frappe.ValidationError, unit.save)
		unit.reload()
		unit.update({"successor": self.here.directorate, "valid_to": nowdate()})
		unit.save()

	def test_units_lie_in_the_governorate_of_their_directorate(self) -> None:
		self.assertEqual(factories.org_unit("Social Unit", self.there.district, None).governorate, "02")

	def test_the_code_is_the_name_and_stays(self) -> None:
		unit = factories.org_unit()
		code = unit.name
		unit.unit_code = "X"
		unit.save()
		self.assertEqual((unit.name, unit.unit_code), (code, code))

	def test_a_unit_with_units_below_is_not_deleted(self) -> None:
		self.assertRefused(frappe.ValidationError, frappe.delete_doc, "Org Unit", self.here.directorate)

	def test_moving_a_unit_moves_what_is_seen(self) -> None:
		unit = factories.org_unit("Social Administration", self.here.directorate, "01")
		home = factories.institution(unit.name).name
		self.act_as(self.there.officer)
		self.assertFalse(frappe.has_permission("Institution", "read", doc=home))
		self.act_as("Administrator")
		unit.reload()
		unit.parent_org_unit = self.there.directorate
		unit.save()
		self.act_as(self.there.officer)
		self.assertTrue(frappe.has_permission("Institution", "read", doc=home))


class TestSettings(SocialCareTestCase):
	def test_field_rules_name_fields_of_the_file(self) -> None:
		for table_field in ("required_to_submit", "protected_fields"):
			with self.subTest(table_field):
				self.assertRefused(
					frappe.ValidationError, self.settings, **{table_field: [{"field": "no_such_field"}]}
				)

	def test_age_bands_leave_no_gap_and_no_overlap(self) -> None:
		for low in (5, 7):
			bands = [
				{"band_label": "أ", "age_from": 0, "age_below": 6},
				{"band_label": "ب", "age_from": low, "age_below": 12},
			]
			self.assertRefused(frappe.ValidationError, self.settings, age_bands=bands)

	def test_modes_are_of_the_list(self) -> None:
		for field in ("nid_checksum_mode", "capacity_mode", "sibling_mode"):
			self.assertRefused(frappe.ValidationError, self.settings, **{field: "Sometimes"})

	def test_first_values(self) -> None:
		doc = frappe.get_doc("Social Care Settings")
		self.assertEqual((doc.nid_checksum_mode, doc.nid_centuries), ("Warn", "2,3"))
		self.assertTrue(
			doc.protected_fields and doc.required_to_submit and doc.age_bands and doc.delegable_roles
		)


class TestFirstRows(SocialCareTestCase):
	COUNTED = (
		*(
			"Governorate",
			"Institution Type",
			"Admission Reason",
			"Official Figure",
			"Org Unit",
			"Role",
			"Role Profile",
		),
		*(
			"Has Role",
			"Workflow",
			"Workflow State",
			"Workflow Action Master",
			"Workflow Transition",
			"Workflow Document State",
		),
		*("Age Band", "Delegable Role", "File Field Rule", "Custom DocPerm"),
	)

	def counts(self) -> dict[str, int]:
		return {doctype: frappe.db.count(doctype) for doctype in self.COUNTED}

	def test_running_the_set_up_again_changes_nothing(self) -> None:
		before, changed = self.counts(), frappe.db.get_value("Governorate", "01", "modified")
		ensure_everything()
		ensure_everything()
		self.assertEqual(self.counts(), before)
		self.assertEqual(frappe.db.get_value("Governorate", "01", "modified"), changed)

	def test_an_administrators_change_is_kept(self) -> None:
		frappe.db.set_value("Governorate", "01", "capital", "حلوان")
		ensure_everything()
		self.assertEqual(frappe.db.get_value("Governorate", "01", "capital"), "حلوان")

	def test_the_tables_are_complete(self) -> None:
		self.assertEqual(frappe.db.count("Governorate", {"is_governorate": 1}), 27)
		self.assertTrue(frappe.db.exists("Governorate", "88"))
		self.assertGreaterEqual(frappe.db.count("Institution Type"), 36)
		for row in table("roles"):
			self.assertTrue(frappe.db.exists("Role", row["role"]), row["role"])
