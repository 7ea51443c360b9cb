"""Hook `social_care_request_files`: the form of a request leads to the case file that it is about, for readers of the file alone."""

import frappe
from frappe.tests.utils import patch_hooks

from social_care.services.runtime import concerned
from social_care.tests import CountryTestCase, factories

SERVICE = "SC-07"
ABOUT = "social_care.services.tests.test_concerned.file_of"


def file_of(request) -> tuple[str, str] | None:
	"""What an app would say: the file that the request names itself."""
	return ("Child", request.child) if request.child else None


class TestConcerned(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.child = factories.child(self.here.institution).name
		self.enterContext(patch_hooks({concerned.HOOK: {SERVICE: [ABOUT]}}))

	def shown(self, **values) -> dict | None:
		return concerned.shown(frappe._dict({"service": SERVICE, "child": self.child} | values))

	def test_it_is_shown_to_whoever_may_read_the_file(self) -> None:
		for user, sees in ((self.here.director, True), (self.here.chief, True), (self.there.director, False)):
			self.act_as(user)
			with self.subTest(user):
				led = {"doctype": "Child", "name": self.child, "concerned": 1}
				self.assertEqual(self.shown(), led if sees else None)

	def test_a_request_about_no_file_and_a_service_of_no_app(self) -> None:
		self.assertIsNone(self.shown(child=None))
		self.assertIsNone(self.shown(service="SC-08"))
		self.assertIsNone(concerned.path_of_service("SC-08"))
