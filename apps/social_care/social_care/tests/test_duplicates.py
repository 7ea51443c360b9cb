"""A clash of identity costs nobody his form; it is put to the data officer, once."""

import frappe

from social_care.registry import duplicates
from social_care.registry.file_review import FileReviewError
from social_care.tests import CountryTestCase, factories


class TestDuplicates(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.first = factories.child(self.here.institution)

	def twin(self, **values):
		same = {"birth_date": self.first.birth_date, "national_number": self.first.national_number}
		return factories.child(self.there.institution, **{**same, **values})

	def candidates(self, child) -> list[dict]:
		rows = []
		for field in ("person", "other_person"):
			rows += frappe.get_all(
				"Duplicate Candidate", filters={field: child.person}, fields=["name", "reason", "status"]
			)
		return rows

	def test_the_same_number_keeps_the_form_and_opens_one_candidate(self) -> None:
		twin = self.twin()
		(row,) = self.candidates(twin)
		self.assertEqual((row.reason, row.status), ("Same National Number", "Open"))
		self.assertTrue(frappe.db.exists("Child", twin.name))
		self.assertNotEqual(self.messages(), "")

	def test_the_message_names_nobody(self) -> None:
		self.act_as(self.there.entry)
		self.twin()
		for secret in (self.first.full_name, self.first.name, self.first.person, self.first.national_number):
			self.assertNotIn(secret, self.messages())

	def test_the_same_name_and_birth_date_too(self) -> None:
		names = {
			field: self.first.get(field)
			for field in ("first_name", "father_name", "grandfather_name", "family_name")
		}
		names["father_name"] = "عبدالرحمن"  # another spelling of the same name
		twin = self.twin(national_number=factories.national_number(self.first.birth_date), **names)
		(row,) = self.candidates(twin)
		self.assertEqual(row.reason, "Same Name and Birth Date")

	def test_saving_again_opens_no_second(self) -> None:
		twin = self.twin()
		twin.room_group = "٢"
		twin.save()
		frappe.get_doc("Person", twin.person).save()
		frappe.get_doc("Person", self.first.person).save()
		self.assertEqual(duplicates.scan_number_clashes(), 0)
		self.assertEqual(len(self.candidates(twin)), 1)

	def test_a_judged_pair_stays_judged(self) -> None:
		twin = self.twin()
		candidate = frappe.get_doc("Duplicate Candidate", self.candidates(twin)[0].name)
		candidate.status = "Not the Same"
		self.assertRefused(frappe.MandatoryError, candidate.save)
		candidate.reload()
		candidate.status = "Not the Same"
		candidate.decision_reason = "توأم لهما رقمان متشابهان"
		candidate.save()
		self.assertEqual((candidate.decided_by, bool(candidate.decided_on)), ("Administrator", True))
		twin.nickname = "سوسو"
		twin.save()
		self.assertEqual([row.status for row in self.candidates(twin)], ["Not the Same"])

	def test_a_clash_saved_behind_the_controllers_is_found_by_the_scan(self) -> None:
		other = factories.child(self.there.institution)
		frappe.db.set_value("Person", other.person, "national_number", self.first.national_number)
		self.assertGreaterEqual(duplicates.scan_number_clashes(), 1)
		self.assertEqual(len(self.candidates(other)), 1)

	def test_pairs_that_were_met_keep_no_new_one_from_being_found(self) -> None:
		duplicates.scan_number_clashes()
		self.twin()
		other = factories.child(self.there.institution)
		alike = factories.child(self.there.institution)
		frappe.db.set_value("Person", alike.person, "national_number", other.national_number)
		self.assertEqual(duplicates.scan_number_clashes(at_once=1), 1)
		self.assertEqual(duplicates.scan_number_clashes(at_once=1), 0)

	def test_no_approval_while_a_number_clash_is_open(self) -> None:
		twin = self.twin()
		frappe.db.set_value(
			"Child", twin.name, {"file_state": "Reviewed by Directorate", "owner": self.there.entry}
		)
		twin.reload()
		self.act_as(self.there.chief)
		twin.file_state = "Approved"
		self.assertRefused(FileReviewError, twin.save)

	def test_a_pair_is_seen_by_whoever_may_see_both(self) -> None:
		(row,) = self.candidates(self.twin())
		near = factories.child(
			self.here.institution,
			birth_date=self.first.birth_date,
			national_number=self.first.national_number,
		)
		ours = {
			"person": ["in", [self.first.person, near.person]],
			"other_person": ["in", [self.first.person, near.person]],
		}
		(own,) = frappe.get_all("Duplicate Candidate", ours, pluck="name")
		for user, sees in (
			(self.here.officer, {own}),
			(self.there.officer, set()),
			(self.here.entry, set()),
			(self.country.head, {own, row.name}),
		):
			self.act_as(user)
			for name in (own, row.name):
				may = bool(frappe.has_permission("Duplicate Candidate", "read", doc=name))
				self.assertEqual(may, name in sees, user)
			if user != self.here.entry:
				found = frappe.get_list(
					"Duplicate Candidate", {"name": ["in", [own, row.name]]}, pluck="name"
				)
				self.assertEqual(set(found), sees, user)

	def test_a_pair_is_the_same_in_either_order(self) -> None:
		self.assertEqual(duplicates.pair_key("a", "b"), duplicates.pair_key("b", "a"))
