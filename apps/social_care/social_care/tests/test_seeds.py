from collections import Counter

import frappe

from social_care.setup.indexes import INDEXES, REPLACED
from social_care.setup.install import ensure_everything
from social_care.setup.seeds import ensure_settings
from social_care.setup.tables import table
from social_care.setup.workflows import CHILD_STATES, EVENT_STATES, INSTITUTION_STATES, PLAN_STATES
from social_care.tests import SocialCareTestCase

SEEDED = (
	"Governorate",
	"Institution Type",
	"Admission Reason",
	"Role",
	"Role Profile",
	"Official Figure",
	"Workflow",
)


class TestSeeds(SocialCareTestCase):
	"""What a new site begins with, and that nothing is written over."""

	def test_tables_are_complete(self) -> None:
		self.assertEqual(frappe.db.count("Governorate", {"is_governorate": 1}), 27)
		self.assertTrue(frappe.db.exists("Governorate", "88"))
		self.assertEqual(len(table("institution_types")), 36)
		for row in table("institution_types"):
			self.assertTrue(frappe.db.exists("Institution Type", row["type_code"]))

	def test_every_role_has_a_profile_of_its_arabic_name(self) -> None:
		for row in table("roles"):
			self.assertTrue(frappe.db.exists("Role", row["role"]))
			if row["level"] != "base":
				profile = frappe.get_doc("Role Profile", row["role_ar"])
				self.assertEqual({held.role for held in profile.roles}, {"Social Care User", row["role"]})

	def test_an_index_of_one_column_is_its_fields_own(self) -> None:
		"""The framework drops any other at the next change of a field of its table."""
		self.assertEqual([row for row in INDEXES if len(row[1]) < 2], [])

	def test_a_replaced_index_is_gone_and_its_successor_there(self) -> None:
		kept = {(doctype, f"{'_'.join(columns)}_index") for doctype, columns in INDEXES}
		for doctype, name in kept:
			self.assertTrue(frappe.db.has_index(f"tab{doctype}", name), name)
		for doctype, name in REPLACED:
			self.assertFalse(frappe.db.has_index(f"tab{doctype}", name), name)

	def test_running_again_changes_nothing(self) -> None:
		before = {doctype: frappe.db.count(doctype) for doctype in SEEDED}
		frappe.db.set_value("Institution Type", "CI-01", "type_name", "اسم عدّله المدير الوظيفي")
		settings = frappe.get_doc("Social Care Settings")
		settings.update({"nid_checksum_mode": "Off", "protected_fields": settings.protected_fields[:2]})
		settings.save()
		ensure_everything()
		self.assertEqual({doctype: frappe.db.count(doctype) for doctype in SEEDED}, before)
		self.assertEqual(
			frappe.db.get_value("Institution Type", "CI-01", "type_name"), "اسم عدّله المدير الوظيفي"
		)
		settings = frappe.get_doc("Social Care Settings")
		self.assertEqual((settings.nid_checksum_mode, len(settings.protected_fields)), ("Off", 2))

	def test_a_new_setting_gets_its_default_on_an_old_site(self) -> None:
		frappe.db.delete("Singles", {"doctype": "Social Care Settings", "field": "print_valid_days"})
		frappe.db.set_single_value("Social Care Settings", "print_small_numbers_below", 0)
		ensure_settings()
		settings = frappe.get_doc("Social Care Settings")
		self.assertEqual((settings.print_valid_days, settings.print_small_numbers_below), (365, 0))

	def test_workflow_states_are_the_options_of_their_fields(self) -> None:
		for doctype, field, states in (
			("Child", "file_state", CHILD_STATES),
			("Institution", "status", INSTITUTION_STATES),
			("Care Plan", "status", PLAN_STATES),
			("Significant Event", "status", EVENT_STATES),
		):
			options = set(frappe.get_meta(doctype).get_options(field).split("\n")) - {""}
			self.assertEqual(options, {state for state, *_rest in states})

	def test_no_job_of_the_scheduler_takes_the_name_of_another(self) -> None:
		"""The framework calls a job by the last two parts of its function; of two with one name it runs the one that it met last."""
		methods: set[str] = set()
		for found in frappe.get_hooks("scheduler_events").values():
			methods.update(*found.values()) if isinstance(found, dict) else methods.update(found)
		names = Counter(".".join(method.split(".")[-2:]) for method in methods)
		self.assertGreater(len(methods), 30)
		self.assertEqual({name for name, count in names.items() if count > 1}, set())
