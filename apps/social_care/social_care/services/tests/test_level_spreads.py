"""Levels that a pack gives to roles, and people who hold two of its roles at different places."""

from typing import Any

import frappe
from frappe.utils import add_days, nowdate

from social_care.api import services_builder as api
from social_care.organisation.grants import CASES
from social_care.organisation.level_spreads import spreads
from social_care.services.builder.test_builder import ROLE, code
from social_care.services.compiler import publishing
from social_care.services.compiler.spreading import levels_of
from social_care.services.packs.definition import PackError
from social_care.services.tests.packs import pack_like_visit
from social_care.tests import CountryTestCase, factories

WORKER, MANAGER = "Institution Social Worker", "Social Administration Manager"
MORE, LESS = frozenset({0, 1, 2}), frozenset({0})
LEVELS = {WORKER: MORE, MANAGER: LESS}


class SpreadsTestCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.act_as("Administrator")
		self.user = factories.user("two.places").name

	def hold(self, role: str, **values: Any) -> None:
		"""A role at a place, given before there was a record type for which it matters."""
		kind = "Institution" if values.get("institution") else "Unit and Below"
		first = {"doctype": "Staff Assignment", "user": self.user, "role": role, "scope": kind}
		doc = frappe.get_doc({**first, "valid_from": add_days(nowdate(), -7), **values})
		doc.flags.ignore_validate = True
		doc.insert()

	def found(self, new: dict = LEVELS, old: dict | None = None) -> list[tuple]:
		return [(row.giver, row.taker, row.users, row.units) for row in spreads(new, old or {})]

	def unit_name(self, unit: str) -> str:
		return frappe.db.get_value("Org Unit", unit, "unit_name")


class TestSpreads(SpreadsTestCase):
	def test_a_level_of_one_place_is_found_at_another(self) -> None:
		self.hold(WORKER, institution=self.here.institution)
		self.hold(MANAGER, org_unit=self.there.district)
		self.assertEqual(self.found(), [(WORKER, MANAGER, 1, (self.unit_name(self.there.district),))])

	def test_the_place_of_an_institution_is_told_by_its_unit(self) -> None:
		self.hold(WORKER, institution=self.here.institution)
		self.hold(MANAGER, institution=self.there.institution)
		self.assertEqual(self.found(), [(WORKER, MANAGER, 1, (self.unit_name(self.there.district),))])

	def test_within_the_place_of_whoever_has_the_level_nothing_opens(self) -> None:
		self.hold(WORKER, org_unit=self.here.directorate)
		for place in ({"org_unit": self.here.district}, {"institution": self.here.institution}):
			self.hold(MANAGER, **place)
		self.assertEqual(self.found(), [])

	def test_a_wider_place_is_not_within(self) -> None:
		self.hold(WORKER, org_unit=self.here.district)
		self.hold(MANAGER, org_unit=self.here.directorate)
		self.assertEqual(self.found()[0][3], (self.unit_name(self.here.directorate),))

	def test_cases_are_no_place_with_all_below(self) -> None:
		self.hold(WORKER, org_unit=self.here.directorate, scope=CASES)
		self.hold(MANAGER, org_unit=self.here.district)
		self.assertEqual(len(self.found()), 1)

	def test_days_of_both_have_to_meet_from_today(self) -> None:
		self.hold(WORKER, institution=self.here.institution, valid_to=add_days(nowdate(), 5))
		self.hold(MANAGER, org_unit=self.there.district, valid_from=add_days(nowdate(), 6))
		self.hold(MANAGER, org_unit=self.there.district, valid_to=add_days(nowdate(), -1))
		self.assertEqual(self.found(), [])
		self.hold(MANAGER, org_unit=self.there.directorate, valid_from=add_days(nowdate(), 5))
		self.assertEqual(len(self.found()), 1)

	def test_equal_levels_roles_without_rows_and_what_is_open_already_are_no_news(self) -> None:
		self.hold(WORKER, institution=self.here.institution)
		self.hold(MANAGER, org_unit=self.there.district)
		self.assertEqual(self.found({WORKER: MORE, MANAGER: MORE}), [])
		self.assertEqual(self.found({WORKER: MORE}), [])
		self.assertEqual(self.found(old=LEVELS), [])
		self.assertEqual(len(self.found(old={WORKER: frozenset({0, 1}), MANAGER: LESS})), 1)


class TestPublishing(SpreadsTestCase):
	def test_a_pack_is_not_published_over_assignments_that_it_would_spread(self) -> None:
		pack = pack_like_visit(code(), "Level Trial Request")
		publishing.checked(pack["code"], 1, pack)
		self.hold(WORKER, institution=self.here.institution)
		self.hold(MANAGER, org_unit=self.there.district)
		with self.assertRaises(PackError) as caught:
			publishing.checked(pack["code"], 1, pack)
		(fault,) = caught.exception.faults
		self.assertEqual((fault.path, fault.code), ("access", "spreads"))
		self.assertIn(self.unit_name(self.there.district), fault.sentence())
		self.assertNotIn(self.user, str(fault))

	def test_both_roles_with_the_same_levels_are_published(self) -> None:
		self.hold(WORKER, institution=self.here.institution)
		self.hold(MANAGER, org_unit=self.there.district)
		pack = pack_like_visit(code(), "Level Trial Request")
		rows = {row["role"]: row for row in pack["access"]}
		rows[MANAGER]["levels"] = rows[WORKER]["levels"]
		self.assertEqual(levels_of(pack)[MANAGER], levels_of(pack)[WORKER])
		publishing.checked(pack["code"], 1, pack)

	def test_the_builder_tells_it_with_the_plan_and_does_not_publish(self) -> None:
		self.hold("Social Unit Worker", org_unit=self.here.district)
		self.hold("Central Administration Head", org_unit=self.there.directorate)
		self.act_as(factories.staff(ROLE, org_unit="HQ"))
		name = api.new_service(code(), "خدمة للمستويات", "Levels", "CIC")
		told = api.plan(name)
		self.assertEqual(told["steps"], [])
		(fault,) = told["faults"]
		self.assertEqual((fault["table"], fault["row"]), ("pack_access", 0))
		self.assertIn(self.unit_name(self.there.directorate), fault["sentence"])
		answer = api.publish(name)
		self.assertEqual((answer["status"], answer["faults"]), ("Draft", told["faults"]))
