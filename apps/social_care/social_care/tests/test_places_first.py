"""A list asked from the side of the reader's places has the rows that it has when every row is tried."""

from unittest.mock import patch

import frappe

from social_care.api import lists
from social_care.api.guards import endpoints
from social_care.permissions import get_permission_query_conditions
from social_care.registry import search
from social_care.scope import condition, pages, scope_rule
from social_care.scope.counting import alternatives, reached
from social_care.scope.pages import in_order, side_of_page
from social_care.scope.searching import EITHER, PLACES, ROWS, asked_from, asked_side, by_words, words_of
from social_care.tests import CountryTestCase, factories
from social_care.tests.copies import differing_copies
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

	def test_counts_of_every_doctype(self) -> None:
		"""All, up to a number, and by the framework's other door: as many as the list has; nobody twice."""
		kinds = [name for name in our_doctypes() if "any" in (scope_rule(name) or {})]
		told = 0
		for user in self.readers():
			self.act_as(user)
			for doctype in kinds:
				if not frappe.has_permission(doctype, "read"):
					self.assertRefused(frappe.PermissionError, self.count, doctype)
					self.assertRefused(frappe.PermissionError, self.count, doctype, limit=3)
					continue
				names = frappe.get_list(doctype, pluck="name", limit_page_length=0)
				self.assertEqual(len(names), len(set(names)), doctype)
				found = (
					self.count(doctype),
					self.count(doctype, limit=len(names) + 1),
					endpoints.get_count(doctype),
				)
				self.assertEqual(found, (len(names),) * 3, (user, doctype))
				if names:
					self.assertEqual(self.count(doctype, limit=1), 1)
				told += reached(doctype) is not None
		self.assertGreater(told, 4)

	def count(self, doctype: str, filters: list | None = None, **asked: int) -> int:
		frappe.local.form_dict = frappe._dict(
			doctype=doctype, filters=frappe.as_json(filters or []), fields="[]", distinct="false", **asked
		)
		return lists.get_count()

	def test_counts_with_filters(self) -> None:
		"""A file, a member of a family, and whoever is both; what is asked of them beside words holds as well."""
		key = factories.letters()
		both = factories.child(self.here.institution, first_name=key, sex="Female")
		factories.child(self.here.institution, first_name=key, sex="Male")
		factories.child(self.there.institution, first_name=key)
		member = {"person": both.person, "member_name": key, "relation": "Sister"}
		factories.family(registering_unit=self.here.directorate, members=[member])
		self.act_as(self.here.chief)
		words = [["Person", "search_name", "like", f"%{key}%"]]
		for filters, rows in ((words, 2), ([*words, ["Person", "sex", "=", "Male"]], 1)):
			self.assertEqual(self.count("Person", filters), rows)
			self.assertEqual(self.count("Person", filters, limit=1001), rows)
			self.assertEqual(endpoints.get_count("Person", filters), rows)
			self.assertEqual(len(self.page("Person", filters)), rows)
		self.assertEqual(self.count("Person", words, limit=1), 1)

	def page(self, doctype: str, filters: list) -> list:
		frappe.local.form_dict = frappe._dict(
			doctype=doctype, filters=frappe.as_json(filters), fields='["name"]'
		)
		return lists.get_list()

	def test_more_than_the_scope_limits_a_list(self) -> None:
		"""Where a User Permission limits too, the names at the places do not tell the number."""
		self.act_as(self.here.chief)
		self.assertEqual(len(alternatives("Person")), 2)
		self.assertIsNotNone(reached("Person"))
		with asked_from(PLACES):
			where = get_permission_query_conditions(self.here.chief, "Person")
		with patch("social_care.scope.counting.build_match_conditions", return_value=f"({where}) and 1=0"):
			self.assertIsNone(reached("Person"))

	def test_what_files_copy_of_their_people(self) -> None:
		"""Words are asked of the copy, so it follows its person whichever of the two is changed."""
		file = frappe.get_doc("Child", self.born.name)
		file.update({"first_name": "شمردل"}).save(ignore_permissions=True)
		self.assertEqual(differing_copies(), [])
		person = frappe.get_doc("Person", self.born.person)
		person.update({"family_name": "الزعفراني"}).save(ignore_permissions=True)
		self.assertEqual(differing_copies(), [])
		key = frappe.db.get_value("Child", self.born.name, "search_name")
		self.assertTrue("شمردل" in key and "زعفران" in key, key)
		frappe.db.set_value("Person", self.born.person, "search_name", "غير ذلك")
		self.assertEqual(differing_copies(), [("Child", self.born.name)])


class TestWhen(CountryTestCase):
	"""Which question starts from the places: counts, and searches by words."""

	def test_words_are_told_from_values(self) -> None:
		self.assertTrue(by_words(search.box_filters("Person", "محمد")))
		self.assertTrue(by_words([["Person", "search_name", "like", "%محمد%"]]))
		self.assertTrue(by_words({"search_name": ["like", "%محمد%"]}))
		for others in (None, [], {}, {"name": "x"}, [["Person", "national_number", "=", "1"]]):
			self.assertFalse(by_words(others))

	def test_words_of_own_columns_alone(self) -> None:
		found = (("search_name", "%%محمد%%"),)
		self.assertEqual(words_of("Person", [["Person", "search_name", "like", "%محمد%"]]), found)
		self.assertEqual(words_of("Person", {"search_name": ["like", "%محمد%"], "sex": "Male"}), found)
		others = (
			["Child", "search_name", "like", "%محمد%"],
			["search_name", "not like", "%محمد%"],
			[],
			"name",
		)
		for other in others:
			self.assertEqual(words_of("Person", [other]), (), other)

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
