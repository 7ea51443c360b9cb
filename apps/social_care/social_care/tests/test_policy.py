"""The list of open endpoints is one that can be relied upon."""

import frappe
from frappe.tests.utils import FrappeTestCase, patch_hooks

from social_care.api.guards import policy
from social_care.setup.tables import table


class TestEndpointList(FrappeTestCase):
	def test_every_row_says_who_and_why(self) -> None:
		rows = table("endpoints")
		self.assertEqual(len(rows), len({row["endpoint"] for row in rows}))
		self.assertLessEqual({row["open_to"] for row in rows}, set(policy.KINDS))
		self.assertFalse([row["endpoint"] for row in rows if not row["reason"]])

	def test_names_are_the_frameworks(self) -> None:
		"""A misspelt name would close what it means to open: each one is found, or unknown to this version only."""
		methods = [row["endpoint"] for row in table("endpoints") if row["endpoint"].startswith("frappe.")]
		found = [name for name in methods if _is_there(name)]
		self.assertGreater(len(found), 0.9 * len(methods), sorted(set(methods) - set(found)))

	def test_the_kinds_of_users(self) -> None:
		self.assertEqual(policy.kind_of("Guest"), "guest")
		self.assertEqual(policy.kind_of("Administrator"), "administrator")

	def test_what_is_not_listed_is_the_administrators(self) -> None:
		self.assertEqual(policy.open_to("frappe.a_function_of_tomorrow"), "administrator")
		self.assertEqual(policy.open_to("a_short_name_of_tomorrow"), "administrator")
		self.assertEqual(policy.open_to("social_care.api.registry.search_filters"), "staff")
		self.assertFalse(policy.may_be_a_link("frappe.a_function_of_tomorrow"))

	def test_an_app_opens_its_own_functions_and_no_others(self) -> None:
		hooks = {"guest": ["other_app.api.confirm", "frappe.client.get_list"]}
		with patch_hooks({"social_care_endpoints": hooks}):
			self.assertEqual(policy.open_to("other_app.api.confirm"), "guest")
			self.assertEqual(policy.open_to("frappe.client.get_list"), "staff")


def _is_there(name: str) -> bool:
	try:
		return callable(frappe.get_attr(name))
	except (AttributeError, ImportError, frappe.AppNotInstalledError):
		return False
