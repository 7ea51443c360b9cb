"""A merge under scrutiny: whose files are compared, by whom, and that nothing changed between proposal and acceptance."""

from contextlib import suppress
from unittest.mock import patch

import frappe

from social_care import keyed
from social_care.accounts import attempts
from social_care.registry import duplicates
from social_care.registry.matching import pairs, possible
from social_care.registry.merging import MergeError, history, merge, review
from social_care.tests import factories
from social_care.tests.merge_cases import REASON, MergeTestCase

PLACE = ["institution", "institution_name", "org_unit", "governorate"]


class TestGuard(MergeTestCase):
	"""Whose files are compared, and that nothing changed between the proposal and its acceptance."""

	def setUp(self) -> None:
		super().setUp()
		self.arguments = (self.candidate, self.one.person, {}, history.JOINED, REASON)

	def proposed(self) -> str:
		self.act_as(self.here.officer)
		name = merge.propose(*self.arguments).name
		self.act_as(self.here.chief)
		return name

	def in_family(self, child) -> None:
		"""A family of another child of this place names the person."""
		family = factories.family(members=[{"member_name": "أخ", "relation": "Brother"}])
		frappe.db.set_value("Family Member", family.members[0].name, "person", child.person)
		brother = factories.child(self.here.institution)
		frappe.db.set_value("Child", brother.name, "family", family.name)

	def put_out_of_reach(self, child) -> None:
		"""The file goes to another directorate; a family of this one holds the person in view."""
		self.act_as("Administrator")
		self.in_family(child)
		place = frappe.db.get_value(
			"Child", factories.child(self.there.institution).name, PLACE, as_dict=True
		)
		frappe.db.set_value("Child", child.name, place)

	def test_a_person_seen_through_a_family_opens_no_file_of_another_place(self) -> None:
		name = self.proposed()
		self.put_out_of_reach(self.other)
		self.act_as(self.here.officer)
		pair = frappe.get_doc("Duplicate Candidate", self.candidate)
		for person in (pair.person, pair.other_person):
			self.assertTrue(frappe.has_permission("Person", "read", person))
		self.assertRefused(frappe.PermissionError, review.panel, pair)
		self.act_as(self.here.chief)
		self.assertEqual(review.of_merge(frappe.get_doc("Person Merge", name)), [])
		self.assertFalse(merge.may_decide(frappe.get_doc("Person Merge", name)))
		for accept in (True, False):
			refused = self.assertRefused(frappe.PermissionError, merge.decide, name, accept)
			self.assertNotIn(self.other.name, str(refused))
		frappe.db.set_value("Person Merge", name, "status", "Not Accepted")
		self.assertRefused(frappe.PermissionError, merge.propose, *self.arguments)
		frappe.db.set_value("Person Merge", name, "status", "Merged")
		self.assertRefused(frappe.PermissionError, merge.undo, name, "خطأ")
		self.act_as(self.country.head)
		self.assertTrue(review.panel(pair)["rows"])

	def test_who_proposed_and_who_accepted_do_not_review_the_file(self) -> None:
		self.merged()
		editors = frappe.db.get_value("Child", self.one.name, "content_editors").split()
		self.assertLessEqual({self.here.officer, self.here.chief}, set(editors))

	def test_nor_where_only_the_persons_are_joined(self) -> None:
		frappe.db.set_value("Child", self.one.name, "file_state", "Approved")
		frappe.db.set_value("Person", self.other.person, "first_name", "محمد")
		self.without_file(self.other)
		self.merged(chosen={"first_name": "merged"})
		state, editors = frappe.db.get_value("Child", self.one.name, ["file_state", "content_editors"])
		self.assertEqual(state, "Submitted by Institution")
		self.assertLessEqual({self.here.officer, self.here.chief}, set(editors.split()))

	def without_file(self, child) -> None:
		"""Only the person is left, held in view by a family."""
		self.in_family(child)
		frappe.db.delete("Placement", {"child": child.name})
		frappe.db.delete("Child", {"name": child.name})

	def test_the_person_with_the_file_stays(self) -> None:
		self.without_file(self.one)
		self.act_as(self.here.officer)
		self.assertRefused(MergeError, merge.propose, *self.arguments)

	def test_what_changed_since_the_proposal_is_not_carried_out(self) -> None:
		for doctype, name, field in (
			("Child", self.one.name, "hobbies"),
			("Child", self.other.name, "nickname"),
			("Person", self.other.person, "first_name"),
			("Placement", history.stays(self.one.name)[0].name, "from_date"),
		):
			frappe.db.savepoint("changed")
			name_of_merge = self.proposed()
			value = "2020-01-01" if field == "from_date" else "غيره"
			frappe.db.set_value(doctype, name, field, value)
			self.assertRefused(MergeError, merge.decide, name_of_merge, True)
			self.assertEqual(merge.decide(name_of_merge, False).status, "Not Accepted")
			frappe.db.rollback(save_point="changed")

	def test_a_file_that_went_or_came_since_is_not_joined(self) -> None:
		self.in_family(self.other)
		name = self.proposed()
		frappe.db.set_value("Child", self.other.name, "person", None)
		self.assertRefused(MergeError, merge.decide, name, True)

	def test_a_pair_that_was_decided_or_merged_meanwhile_is_left(self) -> None:
		name = self.proposed()
		frappe.db.set_value("Duplicate Candidate", self.candidate, "status", "Not the Same")
		self.assertRefused(MergeError, merge.decide, name, True)
		frappe.db.set_value("Duplicate Candidate", self.candidate, "status", "Open")
		frappe.db.set_value("Person", self.other.person, "merged_into", self.one.person)
		self.assertRefused(MergeError, merge.decide, name, True)

	def test_a_pair_is_not_decided_while_a_merge_is_proposed(self) -> None:
		self.proposed()
		self.act_as("Administrator")
		pair = frappe.get_doc("Duplicate Candidate", self.candidate)
		pair.update({"status": "Not the Same", "decision_reason": "x"})
		self.assertRefused(frappe.ValidationError, pair.save)

	def test_whom_a_pair_names_is_kept(self) -> None:
		pair = frappe.get_doc("Duplicate Candidate", self.candidate)
		before = (pair.person, pair.other_person, pair.reason, pair.pair_key)
		third = factories.child(self.here.institution)
		for values in ({"person": third.person}, {"other_person": third.person}, {"reason": "Similar Data"}):
			doc = frappe.get_doc("Duplicate Candidate", self.candidate).update(values)
			with suppress(frappe.CannotChangeConstantError):
				doc.save()
			stored = frappe.db.get_value(
				"Duplicate Candidate", self.candidate, ["person", "other_person", "reason", "pair_key"]
			)
			self.assertEqual(stored, before)

	def test_an_open_pair_of_the_merged_record_is_settled_where_the_other_has_it_too(self) -> None:
		third = self.again()
		double = self.pair(self.other, third)
		name = self.merged()
		self.assertEqual(frappe.db.get_value("Duplicate Candidate", double, "status"), "Settled by a Merge")
		self.assertEqual(
			frappe.db.get_value("Duplicate Candidate", self.pair(self.one, third), "status"), "Open"
		)
		pair = frappe.get_doc("Duplicate Candidate", double)
		pair.update({"status": "Open"})
		self.assertRefused(frappe.ValidationError, pair.save)
		self.act_as(self.here.chief)
		merge.undo(name, "خطأ")
		self.assertEqual(frappe.db.get_value("Duplicate Candidate", double, "status"), "Open")

	def test_whoever_accepts_sees_the_rows_and_the_chosen_sides(self) -> None:
		frappe.db.set_value("Child", self.other.name, "hobbies", "الرسم")
		frappe.db.set_value("Child", self.one.name, "hobbies", "كرة القدم")
		self.act_as(self.here.officer)
		name = merge.propose(*self.arguments[:2], {"hobbies": "merged"}, *self.arguments[3:]).name
		self.act_as(self.here.chief)
		doc = frappe.get_doc("Person Merge", name)
		doc.run_method("onload")
		rows = {row["field"]: row for row in doc.get_onload("social_care")["rows"]}
		self.assertEqual((rows["hobbies"]["values"], rows["hobbies"]["at"]), (["كرة القدم", "الرسم"], 1))
		self.assertEqual(rows["first_name"]["at"], 0)


class TestSearches(MergeTestCase):
	def test_searches_are_counted_by_user_and_not_by_address(self) -> None:
		self.settings(duplicate_searches_per_hour=2)
		self.enterContext(
			patch.object(attempts, "_wants_page", return_value=False)
		)  # there is no request here
		values = {"first_name": "سعيد", "family_name": factories.letters()}
		for user in (self.here.entry, self.there.entry):
			attempts.forget(possible.searches_of_user(), user)
			self.act_as(user)
			for _search in range(2):
				possible.for_typed(values, None)
			self.assertRefused(frappe.TooManyRequestsError, possible.for_typed, values, None)
			attempts.forget(possible.searches_of_user(), user)


class TestSameInstant(MergeTestCase):
	def test_a_pair_that_another_request_found_meanwhile_costs_nothing(self) -> None:
		key, told = duplicates.pair_key(self.one.person, self.other.person), len(frappe.local.message_log)
		duplicates.insert_candidate(key, self.one.person, self.other.person, duplicates.SAME_NUMBER)
		self.assertEqual(frappe.db.count("Duplicate Candidate", {"pair_key": key}), 1)
		self.assertEqual(len(frappe.local.message_log), told)

	def test_levels_and_judged_data_are_read_by_no_role(self) -> None:
		self.act_as(self.here.officer)
		for field in ("levels", "judged_on_data"):
			rows = frappe.get_list("Duplicate Candidate", {"name": self.candidate}, ["name", field])
			self.assertNotIn(field, rows[0])

	def test_what_was_judged_is_kept_under_the_site_s_key(self) -> None:
		first = pairs.data_of(self.one.person, self.other.person)
		with patch.object(keyed, "get_encryption_key", return_value="another"):
			self.assertNotEqual(pairs.data_of(self.one.person, self.other.person), first)
