"""A list asked from the side of the reader's places has the rows that it has when every row is tried."""

from unittest.mock import patch

import frappe

from social_care.api import lists
from social_care.permissions import get_permission_query_conditions
from social_care.registry import search
from social_care.scope import condition, pages, scope_rule
from social_care.scope.pages import in_order, side_of_page
from social_care.scope.searching import EITHER, PLACES, ROWS, asked_from, asked_side, by_words
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
				rows = [self.names(doctype, user, side) for side in (EITHER, PLACES, ROWS)]
				self.assertEqual(rows, rows[:1] * 3, (user, doctype))
				met += len(rows[0])
		self.assertGreater(met, 4)

	def test_row_by_row_of_every_doctype(self) -> None:
		kinds = [name for name in our_doctypes() if not frappe.get_meta(name).issingle]
		for user in self.readers():
			self.act_as(user)
			for doctype in kinds:
				rows = [self.names(doctype, user, side) for side in (EITHER, ROWS)]
				self.assertEqual(*rows, (user, doctype))

	def names(self, doctype: str, user: str, side: str) -> set[str]:
		where = condition(doctype, user, side=side)
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

	def test_the_side_ends_with_its_question(self) -> None:
		with self.assertRaises(ValueError), asked_from(PLACES):
			self.assertEqual(asked_side(), PLACES)
			raise ValueError
		self.assertEqual(asked_side(), EITHER)

	def test_only_alternatives_are_asked_otherwise(self) -> None:
		self.act_as(self.here.chief)
		for doctype, differs in (("Person", True), ("Child", False), ("Placement", False)):
			plain = get_permission_query_conditions(self.here.chief, doctype)
			with asked_from(PLACES):
				first = get_permission_query_conditions(self.here.chief, doctype)
			self.assertEqual(first != plain, differs, doctype)

	def test_a_page_begins_where_its_reader_reaches_least(self) -> None:
		factories.child(self.here.institution)
		self.act_as(self.here.chief)
		self.assertEqual(side_of_page("Child", "modified desc"), EITHER)
		for rows, side in ((10**9, PLACES), (0, ROWS)):
			with patch.object(pages, "rows_of", return_value=rows):
				self.assertEqual(side_of_page("Person", "`tabPerson`.`modified` desc"), side, rows)
				self.assertEqual(side_of_page("Person", "`tabPerson`.`birth_place` asc"), PLACES)
		frappe.set_user("Administrator")
		self.assertEqual(side_of_page("Person", None), EITHER)

	def test_orders_that_an_index_gives(self) -> None:
		for order in (None, "", "modified desc", "`tabPerson`.`modified` desc", "`tabPerson`.`creation` asc"):
			self.assertTrue(in_order("Person", order), order)
		for order in ("`tabPerson`.`birth_place` desc", "count(name)", "nothing asc"):
			self.assertFalse(in_order("Person", order), order)
