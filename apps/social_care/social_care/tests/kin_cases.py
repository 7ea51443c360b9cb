"""A family with children in two directorates, as tests of siblings, searches and returns need it."""

import frappe

from social_care.registry.kin import siblings
from social_care.tests import CountryTestCase, factories

MOTHER = "سعاد إبراهيم خليل"


class KinTestCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.family = factories.family().name
		self.father = {"father_name": "حسن", "grandfather_name": f"علي {factories.letters()}"}

	def sibling(self, place=None, **values):
		"""A child of the one family."""
		wanted = {"family": self.family, "mother_full_name": MOTHER, **self.father, **values}
		return factories.child((place or self.here).institution, **wanted)

	def panel(self, child, user: str) -> list[dict]:
		self.act_as(user)
		return siblings.shown_to_reader(frappe.get_doc("Child", child.name))
