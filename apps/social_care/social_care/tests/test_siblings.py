"""Brothers and sisters: what a file shows of them, who confirms them, who lives apart."""

import frappe

from social_care.registry.child_paper import PaperError
from social_care.registry.kin import separated, siblings, suggestions
from social_care.registry.report.separated_siblings.separated_siblings import execute as report
from social_care.tests import factories
from social_care.tests.kin_cases import MOTHER, KinTestCase
from social_care.tests.queries import queries


class TestPanel(KinTestCase):
	def test_together(self) -> None:
		one, other = self.sibling(), self.sibling(sex="Female")
		(row,) = self.panel(one, self.here.entry)
		self.assertEqual((row.name, row.sex, row.age), (other.name, "Female", 8))
		self.assertEqual((row.same_institution, row.relation), (1, siblings.FULL))

	def test_half_siblings(self) -> None:
		one = self.sibling()
		mother, father = (
			self.sibling(mother_full_name="هدى محمد علي"),
			self.sibling(grandfather_name=f"سالم {factories.letters()}"),
		)
		found = {row.name: row.relation for row in self.panel(one, self.here.entry)}
		self.assertEqual(found, {mother.name: siblings.SAME_FATHER, father.name: siblings.SAME_MOTHER})

	def test_of_a_sibling_elsewhere_only_that_there_is_one(self) -> None:
		one, other = self.sibling(), self.sibling(self.there, first_name="زقزوق")
		rows = self.panel(one, self.here.entry)
		top = frappe.db.get_value("Org Unit", "HQ", "unit_name")
		self.assertEqual(rows, [{"elsewhere": 1, "ask": top}])
		told = frappe.as_json(rows)
		self.assertNotIn(other.name, told)
		self.assertNotIn(self.there.directorate, told)
		self.assertEqual(self.panel(one, self.country.head)[0].name, other.name)

	def test_whom_to_ask_is_the_unit_above_both(self) -> None:
		home = factories.institution(self.here.district).name
		one = self.sibling()
		factories.child(home, family=self.family, mother_full_name=MOTHER, **self.father)
		(row,) = self.panel(one, self.here.entry)
		self.assertEqual(row["ask"], frappe.db.get_value("Org Unit", self.here.district, "unit_name"))
		(row,) = self.panel(one, self.here.officer)
		self.assertEqual(row.institution, home)

	def test_who_may_not_see_the_family_sees_no_siblings(self) -> None:
		one = self.sibling()
		self.sibling()
		reader = factories.staff("Social Administration Manager", org_unit=self.here.district)
		self.assertEqual(self.panel(one, reader), [])

	def test_those_who_left_are_not_in_care(self) -> None:
		from social_care.registry.placements import leave_care

		one, other = self.sibling(), self.sibling()
		leave_care(other.name, "Left Care")
		self.assertEqual(self.panel(one, self.here.entry), [])

	def test_queries_do_not_grow(self) -> None:
		one = self.sibling()
		self.sibling()
		few = self.count_queries(lambda: siblings.panel(one.name, self.family))
		for _ in range(4):
			self.sibling()
			self.sibling(self.there)
		self.assertLessEqual(self.count_queries(lambda: siblings.panel(one.name, self.family)), few + 2)

	def count_queries(self, call) -> int:
		with queries() as sent:
			call()
		return len(sent)


class TestPairs(KinTestCase):
	def strangers(self, place=None):
		"""Two files of one mother and father that name no family."""
		return self.sibling(family=None), self.sibling(place, family=None)

	def pair(self, one, other) -> str | None:
		from social_care.registry.duplicates import pair_key

		return frappe.db.get_value("Sibling Pair", {"pair_key": pair_key(one.name, other.name)})

	def decide(self, pair: str, user: str, **values):
		self.act_as(user)
		doc = frappe.get_doc("Sibling Pair", pair)
		wanted = {
			"status": "Siblings",
			"relation": "Full Siblings",
			"decision_reason": "شهادتا ميلاد متطابقتان",
		}
		doc.update(wanted | values)
		return doc.save()

	def test_suggested_once_and_never_confirmed_by_itself(self) -> None:
		one, other = self.strangers()
		suggestions.scan()
		pair = self.pair(one, other)
		self.assertEqual(
			frappe.db.get_value("Sibling Pair", pair, ["status", "basis"]), ("Open", suggestions.BASIS)
		)
		self.assertEqual(self.panel(one, self.here.entry), [])
		before = frappe.db.count("Sibling Pair")
		self.act_as("Administrator")
		suggestions.scan()
		self.assertEqual(frappe.db.count("Sibling Pair"), before)

	def test_files_of_one_family_need_no_suggestion(self) -> None:
		one, other = self.sibling(), self.sibling()
		suggestions.scan()
		self.assertIsNone(self.pair(one, other))

	def test_spelling_does_not_hide_them(self) -> None:
		one = self.sibling(family=None)
		other = self.sibling(family=None, mother_full_name="سعاد ابراهيم خليل")
		suggestions.scan()
		self.assertIsNotNone(self.pair(one, other))

	def test_confirmed_they_are_siblings(self) -> None:
		one, other = self.strangers()
		suggestions.scan()
		done = self.decide(self.pair(one, other), self.here.officer)
		self.assertEqual(done.decided_by, self.here.officer)
		(row,) = self.panel(one, self.here.entry)
		self.assertEqual((row.name, row.relation), (other.name, "Full Siblings"))

	def test_a_decision_has_reason_and_relation(self) -> None:
		one, other = self.strangers()
		suggestions.scan()
		pair = self.pair(one, other)
		for values in ({"decision_reason": ""}, {"relation": ""}):
			self.assertRefused(PaperError, self.decide, pair, self.here.officer, **values)

	def test_a_pair_is_seen_by_whoever_sees_both(self) -> None:
		one, other = self.strangers(self.there)
		suggestions.scan()
		pair = self.pair(one, other)
		for user in (self.here.officer, self.there.officer, self.here.entry):
			self.act_as(user)
			self.assertFalse(frappe.has_permission("Sibling Pair", "read", doc=pair), user)
			self.assertEqual(self.listed(pair), [], user)
		self.act_as(self.country.head)
		self.assertEqual(self.listed(pair), [pair])
		self.assertTrue(frappe.has_permission("Sibling Pair", "read", doc=pair))

	def listed(self, pair: str) -> list[str]:
		if not frappe.has_permission("Sibling Pair", "read"):
			return []
		return frappe.get_list("Sibling Pair", filters={"name": pair}, pluck="name")

	def test_by_hand(self) -> None:
		one, other = self.strangers()
		self.act_as(self.here.officer)
		values = {"doctype": "Sibling Pair", "child": one.name}
		made = frappe.get_doc({**values, "other_child": other.name}).insert()
		self.assertEqual((made.status, made.basis), ("Open", "Entered by a Person"))
		twice = frappe.get_doc({"doctype": "Sibling Pair", "child": other.name, "other_child": one.name})
		self.assertRefused(PaperError, twice.insert)
		self.assertRefused(PaperError, frappe.get_doc({**values, "other_child": one.name}).insert)

	def test_not_with_a_child_elsewhere(self) -> None:
		one, other = self.strangers(self.there)
		self.act_as(self.here.officer)
		pair = frappe.get_doc({"doctype": "Sibling Pair", "child": one.name, "other_child": other.name})
		self.assertRefused(frappe.PermissionError, pair.insert)


class TestSeparated(KinTestCase):
	def rows(self, user: str, **filters) -> dict[str, dict]:
		self.act_as(user)
		return {row["name"]: row for row in report(filters)[1]}

	def test_with_and_without_a_reason(self) -> None:
		one, other = self.sibling(), self.sibling(self.there)
		row = self.rows(self.here.chief)[one.name]
		self.assertEqual((row["apart"], row["reason"]), (1, ""))
		self.assertNotIn(other.name, self.rows(self.here.chief))
		self.act_as("Administrator")
		placement = frappe.get_doc("Placement", one.current_placement)
		placement.sibling_separation_reason = "علاج متخصص"
		placement.save()
		self.assertEqual(self.rows(self.here.chief)[one.name]["reason"], "علاج متخصص")
		self.assertNotIn(one.name, self.rows(self.here.chief, without_reason=1))

	def test_together_is_not_separated(self) -> None:
		one = self.sibling()
		self.sibling()
		self.assertNotIn(one.name, self.rows(self.here.chief))

	def test_the_card_agrees(self) -> None:
		from social_care.api.kin import separated_without_reason

		self.sibling()
		self.sibling(self.there)
		self.act_as(self.here.chief)
		self.assertEqual(separated_without_reason()["value"], len(separated.separated(without_reason=True)))

	def test_a_confirmed_pair_is_not_separated_without_a_word(self) -> None:
		one, other = TestPairs.strangers(self)
		suggestions.scan()
		TestPairs.decide(self, TestPairs.pair(self, one, other), self.here.officer)
		self.act_as("Administrator")
		move = lambda **values: factories.transfer(one.name, self.there.institution, **values)  # noqa: E731
		self.assertRefused(frappe.ValidationError, move)
		self.assertTrue(move(sibling_separation_reason="قرار المحكمة").name)

	def test_pairs_are_found_by_keys(self) -> None:
		"""Nothing is compared with every other file: at ten thousand of them that took half a minute."""
		self.sibling(), self.sibling(self.there)
		self.act_as("Administrator")
		query = f"explain select count(*) from `tabChild` where {separated.without_reason_condition()}"
		joined = [row.Extra or "" for row in frappe.db.sql(query, as_dict=True) if row.table in ("a", "b")]
		self.assertTrue(joined)
		self.assertFalse([extra for extra in joined if "join buffer" in extra], joined)
