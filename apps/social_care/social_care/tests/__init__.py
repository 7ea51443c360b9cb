"""Test base of the app and its extensions."""

from typing import Any

import frappe

from social_care.compat import FrameworkTestCase
from social_care.organisation.grants import forget_grants
from social_care.tests.places import Country, country


class SocialCareTestCase(FrameworkTestCase):
	"""A test that begins with no memory of earlier requests, can act as any user, and takes back its own rows.

	A class that has to commit sets `keeps_rows` and makes rows that disturb nobody.
	"""

	keeps_rows = False

	def setUp(self) -> None:
		super().setUp()
		self.act_as("Administrator")
		self.addCleanup(self.act_as, "Administrator")
		if not self.keeps_rows:
			frappe.db.savepoint("one_test")
			self.addCleanup(self._take_back)

	def _take_back(self) -> None:
		frappe.db.rollback(save_point="one_test")
		frappe.cache.delete_value(
			"roles"
		)  # kept outside the database, also of assignments that were taken back
		frappe.clear_document_cache("Social Care Settings", "Social Care Settings")

	def forget(self) -> None:
		"""Drop what a request remembers of grants and rules, and what it has noted as read."""
		frappe.local.social_care_readings = None
		frappe.local.social_care_printed = None
		frappe.local.social_care_grants = None
		frappe.local.social_care_rules = None
		frappe.local.social_care_quality_rules = None

	def act_as(self, user: str) -> None:
		"""Go on as `user`, as a new request would."""
		self.forget()
		forget_grants()
		frappe.set_user(user)
		frappe.clear_messages()

	def settings(self, **values: Any) -> None:
		"""Change Social Care Settings for this test."""
		doc = frappe.get_doc("Social Care Settings")
		doc.update(values)
		doc.save(ignore_permissions=True)

	def messages(self) -> str:
		"""What the user was told since he began to act."""
		return " ".join(
			str(frappe.parse_json(row).get("message")) if isinstance(row, str) else str(row)
			for row in frappe.local.message_log
		)

	def assertRefused(
		self, exception: type[Exception] | tuple[type[Exception], ...], function, *args: Any, **kwargs: Any
	) -> Exception:
		"""The call raises, and leaves the transaction as it was before it."""
		frappe.db.savepoint("refused")
		with self.assertRaises(exception) as caught:
			function(*args, **kwargs)
		frappe.db.rollback(save_point="refused")
		return caught.exception


class CountryTestCase(SocialCareTestCase):
	"""A test with two directorates, an institution in each, and staff of every kind that the tests need."""

	country: Country

	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.country = country()
		cls.here, cls.there = cls.country.here, cls.country.there
