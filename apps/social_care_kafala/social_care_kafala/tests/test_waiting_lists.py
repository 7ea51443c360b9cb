"""Reports «Families Waiting for a Child» and «Children Waiting for a Family»: who waits, how long, each reader's own, no names."""

import frappe
from frappe.desk.query_report import run
from frappe.utils import add_days, nowdate
from social_care.printing.testing import texts
from social_care.prints import report as prints
from social_care.prints import verification
from social_care.prints.testing import code_of, whole
from social_care.tests import factories

from social_care_kafala.kafala.endings import words
from social_care_kafala.kafala.matching import reserving
from social_care_kafala.kafala.path import states
from social_care_kafala.tests import cases
from social_care_kafala.tests.matching_cases import MatchingTestCase

FAMILIES, CHILDREN = "Families Waiting for a Child", "Children Waiting for a Family"


class WaitingTestCase(MatchingTestCase):
	report = ""

	def rows(self, user: str = "", **filters) -> dict[str, dict]:
		self.act_as(user or self.specialist)
		return {row["name"]: row for row in run(self.report, filters)["result"] if row.get("name")}

	def printed(self, user: str, **filters) -> bytes:
		self.act_as(user)
		return prints.make(self.report, filters)


class TestFamiliesWaiting(WaitingTestCase):
	report = FAMILIES

	def waited(self, days: int, status: str = states.VIEWING, **values):
		doc = self.family(**values)
		return cases.at(doc, status, approved_on=add_days(nowdate(), -days))

	def test_the_longest_waiting_first_with_wishes(self) -> None:
		short = self.waited(3, states.SECURITY)
		long = self.waited(
			90,
			wished_sex="Female",
			wished_age_from=2,
			wished_age_to=5,
			accepts_siblings=1,
			accepts_disability=0,
		)
		found = self.rows()
		self.assertEqual((found[long.name]["days"], found[short.name]["days"]), (90, 3))
		self.assertLess(found[long.name]["rank"], found[short.name]["rank"])
		self.assertEqual(sorted(row["rank"] for row in found.values()), list(range(1, len(found) + 1)))
		frappe.local.lang = "ar"
		row = self.rows()[long.name]
		self.assertEqual((row["sex"], row["siblings"], row["disability"]), ("أنثى", "نعم", "لا"))
		self.assertEqual((row["ages"], self.rows()[short.name]["ages"]), ("من 2 إلى 5", "أي سن"))
		self.assertTrue(row["place"])

	def test_who_waits_for_the_committee_or_has_a_child_does_not_stand_there(self) -> None:
		before = cases.at(self.family(), states.COMMITTEE)
		over = cases.at(self.family(), states.REJECTED)
		placed = cases.at(self.family(), states.FOLLOW_UP)
		reserved, passing = self.waited(9), self.waited(9)
		self.act_as(self.specialist)
		reserving.reserve(reserved.name, self.child().name)
		ending = {"doctype": words.DOCTYPE, "name": frappe.generate_hash(length=8), "status": words.DECIDED}
		frappe.get_doc(ending | {"family_file": placed.name, "next_file": passing.name}).db_insert()
		found = self.rows()
		self.assertFalse({doc.name for doc in (before, over, placed, reserved, passing)} & set(found))

	def test_a_released_family_waits_again(self) -> None:
		doc = self.waited(12)
		child = self.child()
		self.act_as(self.specialist)
		name = reserving.reserve(doc.name, child.name)
		self.assertNotIn(doc.name, self.rows())
		reserving.close(frappe.get_doc("Kafala Reservation", name), "Reservation Expired")
		self.assertEqual(self.rows()[doc.name]["days"], 12)

	def test_filters(self) -> None:
		inquiry, looking = self.waited(1, states.SECURITY), self.waited(1)
		found = self.rows(looking_only=1)
		self.assertIn(looking.name, found)
		self.assertNotIn(inquiry.name, found)
		self.assertEqual(self.rows(self.chief, org_unit=self.there.directorate), {})
		elsewhere = frappe.db.get_value("Governorate", {"name": ["!=", looking.governorate]})
		self.assertNotIn(looking.name, self.rows(governorate=elsewhere))
		self.assertIn(looking.name, self.rows(governorate=looking.governorate))

	def test_each_reader_has_his_own(self) -> None:
		doc = self.waited(5)
		for user in (self.chief, self.manager, self.country.head):
			self.assertIn(doc.name, self.rows(user))
		for user in (self.stranger, self.there.chief):
			self.assertNotIn(doc.name, self.rows(user))
		for user in (self.here.director, self.here.officer):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, run, FAMILIES, {})

	def test_it_names_nobody_and_no_child(self) -> None:
		doc = self.waited(5)
		self.act_as(self.specialist)
		answer = str(run(FAMILIES, {}))
		for row in doc.adults:
			self.assertNotIn(row.first_name, answer)
			self.assertNotIn(row.national_number, answer)

	def test_its_print(self) -> None:
		doc = self.waited(5)
		pdf = self.printed(self.specialist, org_unit=self.here.district)
		self.assertIn("الأسر المنتظرة لطفل", texts(pdf)[0])
		self.assertIn(doc.name, whole(pdf))
		self.assertEqual(verification.verify(code_of(pdf))["state"], "valid")


class TestChildrenWaiting(WaitingTestCase):
	report = CHILDREN

	def test_who_is_longest_in_care_first(self) -> None:
		new, old = self.child(), self.child()
		for child, days in ((new, 20), (old, 700)):
			frappe.db.set_value("Child", child.name, "admission_date", add_days(nowdate(), -days))
		found = self.rows(self.chief)
		self.assertEqual((found[old.name]["days"], found[new.name]["days"]), (700, 20))
		self.assertLess(found[old.name]["rank"], found[new.name]["rank"])
		self.assertEqual(found[new.name]["age"], 2)

	def test_a_held_child_does_not_wait(self) -> None:
		child, file = self.child(), self.family()
		self.assertIn(child.name, self.rows())
		self.act_as(self.specialist)
		reserving.reserve(file.name, child.name)
		self.assertNotIn(child.name, self.rows())
		self.act_as("Administrator")
		no_candidate = factories.child(self.here.institution)
		self.assertNotIn(no_candidate.name, self.rows())

	def test_each_reader_has_the_children_of_his_places(self) -> None:
		child = self.child()
		for user, sees in (
			(self.chief, True),
			(self.manager, True),
			(self.stranger, False),
			(self.there.chief, False),
		):
			with self.subTest(user):
				self.assertEqual(child.name in self.rows(user), sees)
		for user in (self.here.director, self.here.entry, self.here.officer, self.country.head):
			self.act_as(user)
			with self.subTest(user):
				self.assertRefused(frappe.PermissionError, run, CHILDREN, {})

	def test_health_is_told_to_readers_of_the_level_alone(self) -> None:
		child = self.child(chronic_conditions="ربو")
		self.assertNotIn("needs", self.rows(self.specialist)[child.name])
		self.assertTrue(self.rows(self.chief)[child.name]["needs"])
		for user in (self.specialist, self.chief):
			self.act_as(user)
			answer = str(run(CHILDREN, {}))
			self.assertNotIn("ربو", answer)
			self.assertNotIn(child.first_name, answer)

	def test_its_print(self) -> None:
		child = self.child()
		pdf = self.printed(self.chief, org_unit=self.here.directorate)
		self.assertIn("الأبناء المنتظرون لأسرة كافلة", texts(pdf)[0])
		self.assertIn(child.name, whole(pdf))
		self.assertEqual(verification.verify(code_of(pdf))["state"], "valid")
