"""A list asked from the side of the reader's places has the rows that it has when every row is tried."""

import frappe

from social_care.api import lists
from social_care.permissions import get_permission_query_conditions
from social_care.registry import search
from social_care.scope import condition, scope_rule
from social_care.scope.searching import by_words, places_come_first, places_first
from social_care.tests import CountryTestCase, factories
from social_care.tests.test_scope_registration import our_doctypes


class TestSameRows(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.born = factories.child(self.here.institution)
		parent = {
			"person": factories.child(self.there.institution).person,
			"member_name": "أمينة السيد",
			"relation": "Mother",
		}
		self.family = factories.family(registering_unit=self.here.directorate, members=[parent])
		factories.child(self.here.institution, family=factories.family(members=[{**parent}]).name)

	def readers(self) -> list[str]:
		places = (self.here, self.there)
		return [self.country.head, *(user for place in places for user in (place.chief, place.officer))]

	def test_of_every_doctype_with_alternatives(self) -> None:
		kinds = [name for name in our_doctypes() if "any" in (scope_rule(name) or {})]
		self.assertLessEqual({"Person", "Family"}, set(kinds))
		met = 0
		for user in (*self.readers(), "nobody@test.invalid"):
			self.act_as(user)
			for doctype in kinds:
				rows = [self.names(doctype, user, first) for first in (False, True)]
				self.assertEqual(*rows, (user, doctype))
				met += len(rows[0])
		self.assertGreater(met, 4)

	def names(self, doctype: str, user: str, first: bool) -> set[str]:
		where = condition(doctype, user, places_first=first)
		query = f"select `name` from `tab{doctype}`" + (f" where {where}" if where else "")
		return set(frappe.db.sql(query, pluck=True))

	def test_a_person_of_two_alternatives_counts_once(self) -> None:
		self.act_as(self.here.chief)
		everybody = frappe.get_list("Person", pluck="name", limit_page_length=0)
		self.assertEqual(len(everybody), len(set(everybody)))
		frappe.local.form_dict = frappe._dict(doctype="Person", filters="[]", fields="[]", distinct="false")
		self.assertEqual(lists.get_count(), len(everybody))


class TestWhen(CountryTestCase):
	"""Which question starts from the places: counts, and searches by words."""

	def test_words_are_told_from_values(self) -> None:
		self.assertTrue(by_words(search.box_filters("Person", "محمد")))
		self.assertTrue(by_words([["Person", "search_name", "like", "%محمد%"]]))
		self.assertTrue(by_words({"search_name": ["like", "%محمد%"]}))
		for others in (None, [], {}, {"name": "x"}, [["Person", "national_number", "=", "1"]]):
			self.assertFalse(by_words(others))

	def test_the_flag_ends_with_its_question(self) -> None:
		with self.assertRaises(ValueError), places_first():
			self.assertTrue(places_come_first())
			raise ValueError
		self.assertFalse(places_come_first())

	def test_only_alternatives_are_asked_otherwise(self) -> None:
		self.act_as(self.here.chief)
		for doctype, differs in (("Person", True), ("Child", False), ("Placement", False)):
			plain = get_permission_query_conditions(self.here.chief, doctype)
			with places_first():
				first = get_permission_query_conditions(self.here.chief, doctype)
			self.assertEqual(first != plain, differs, doctype)
