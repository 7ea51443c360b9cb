"""A movement of a child: proposed, decided, accepted, handed over, and never a gap or an overlap on the way."""

import frappe
from frappe.utils import add_days, getdate, nowdate

from social_care.registry.child_paper import PaperError
from social_care.registry.file_review import FourEyesError
from social_care.registry.moves import guide
from social_care.registry.placements import PlacementError
from social_care.tests import factories
from social_care.tests.move_cases import DECISION, INTERESTS, REFUSALS, MoveTestCase


class TestTransfer(MoveTestCase):
	def test_all_the_way(self) -> None:
		name = self.propose()
		self.assertEqual(self.status(name), "Awaiting Approval")
		self.step(name, "Approve Movement", self.here.chief)
		self.assertEqual(self.status(name), "Awaiting Acceptance")
		self.step(name, "Accept the Child", self.second_director)
		self.assertEqual((self.status(name), self.place()), ("Scheduled", self.here.institution))
		self.step(name, "Record Hand-over", self.second_entry, received_by="ليلى", delivered_by="منى")
		self.assertEqual((self.status(name), self.place()), ("Carried Out", self.second))
		first, last = self.history()
		self.assertEqual((first.to_date, last.from_date), (getdate(nowdate()), getdate(nowdate())))
		self.assertEqual((last.placement_change, last.is_current), (name, 1))
		placement = frappe.get_doc("Placement", last.name)
		self.assertEqual(placement.decision_number, DECISION["decision_number"])

	def test_the_receiver_sees_nothing_before_it_is_asked(self) -> None:
		name = self.propose()
		self.assertFalse(self.sees(self.second_director, name))
		self.step(name, "Approve Movement", self.here.chief)
		self.assertTrue(self.sees(self.second_director, name))
		self.assertTrue(self.sees(self.second_entry, name))
		self.assertFalse(frappe.has_permission("Child", "read", doc=self.child.name))
		self.assertFalse(self.sees(self.there.chief, name))

	def test_what_the_receiver_sees_is_of_level_0_and_no_name(self) -> None:
		name = self.approved()
		doc = frappe.get_doc("Placement Change", name)
		above = [df.fieldname for df in doc.meta.fields if df.permlevel and doc.get(df.fieldname)]
		self.assertEqual(above, [])
		texts = [str(value) for value in doc.as_dict().values()]
		for part in (
			self.child.full_name,
			self.child.first_name,
			self.child.national_number,
			INTERESTS["child_view"],
		):
			self.assertFalse([text for text in texts if part in text])
		self.act_as(self.second_director)
		self.assertFalse(frappe.has_permission("Best Interests Determination", "read", doc=doc.determination))
		self.assertEqual(
			frappe.get_list("Best Interests Determination", filters={"child": self.child.name}), []
		)

	def test_after_the_hand_over_the_old_keeper_has_its_rows_and_no_file(self) -> None:
		name = self.handed_over()
		first, last = (row.name for row in self.history())
		self.assertTrue(self.sees(self.here.entry, name))
		for doctype, row, seen in (
			("Child", self.child.name, False),
			("Placement", first, True),
			("Placement", last, False),
		):
			self.assertEqual(bool(frappe.has_permission(doctype, "read", doc=row)), seen, (doctype, row))
		self.assertTrue(self.sees(self.second_entry, name))
		self.assertTrue(frappe.has_permission("Child", "read", doc=self.child.name))
		doc = frappe.get_doc("Placement Change", name)
		self.assertTrue(frappe.has_permission("Best Interests Determination", "read", doc=doc.determination))

	def test_declined_with_a_reason(self) -> None:
		name = self.approved()
		self.assertRefused(PaperError, self.step, name, "Decline Movement", self.second_director)
		self.step(name, "Decline Movement", self.second_director, decline_reason="لا توجد أماكن لهذا السن")
		self.assertEqual((self.status(name), self.place()), ("Declined", self.here.institution))
		self.propose()

	def test_the_sender_neither_accepts_nor_declines(self) -> None:
		name = self.approved()
		for user in (self.here.director, self.here.chief, self.there.director):
			for action in ("Accept the Child", "Decline Movement"):
				self.assertRefused(REFUSALS, self.step, name, action, user)
		self.assertRefused(REFUSALS, self.step, name, "Accept the Child", self.second_entry)
		self.assertEqual(self.status(name), "Awaiting Acceptance")

	def test_a_direct_save_of_the_state_meets_the_same_rules(self) -> None:
		name = self.propose()
		for user, state in (
			(self.here.entry, "Awaiting Acceptance"),
			(self.here.entry, "Carried Out"),
			(self.here.director, "Scheduled"),
			(self.second_director, "Scheduled"),
		):
			self.act_as(user)
			doc = frappe.get_doc("Placement Change", name)
			doc.status = state
			self.assertRefused(REFUSALS, doc.save)
		self.assertEqual((self.status(name), self.place()), ("Awaiting Approval", self.here.institution))

	def test_the_receiver_writes_its_answer_and_nothing_else(self) -> None:
		name = self.approved()
		for field, value in (
			("reason_details", "غير ذلك"),
			("effective_date", add_days(nowdate(), 3)),
			("closing_reason", "x"),
		):
			self.act_as(self.second_director)
			doc = frappe.get_doc("Placement Change", name)
			doc.set(field, value)
			self.assertRefused(PaperError, doc.save)
		self.act_as(self.here.entry)
		doc = frappe.get_doc("Placement Change", name)
		doc.decline_reason = "باسم غيره"
		self.assertRefused(PaperError, doc.save)

	def test_system_fields_are_kept(self) -> None:
		self.act_as(self.here.entry)
		name = self.propose()
		doc = frappe.get_doc("Placement Change", name)
		doc.update(
			{
				"addressed_institution": self.second,
				"from_institution": self.second,
				"approved_by": self.here.chief,
			}
		)
		doc.save()
		doc.reload()
		self.assertEqual((doc.addressed_institution, doc.from_institution), (None, self.here.institution))

	def test_across_directorates(self) -> None:
		name = self.approved(to_institution=self.there.institution)
		self.assertTrue(self.sees(self.there.chief, name))
		self.step(name, "Accept the Child", self.there.director)
		self.step(name, "Record Hand-over", self.there.entry)
		self.assertEqual(self.place(), self.there.institution)
		self.assertTrue(self.sees(self.here.chief, name))
		self.assertFalse(frappe.has_permission("Child", "read", doc=self.child.name))

	def test_back_to_whoever_proposed(self) -> None:
		name = self.propose()
		self.assertRefused(PaperError, self.step, name, "Return Movement", self.here.chief)
		self.step(name, "Return Movement", self.here.chief, closing_reason="يستكمل البحث")
		self.step(name, "Propose Movement", self.here.entry, reason_details="استُكمل البحث")
		self.step(name, "Approve Movement", self.here.chief)
		self.assertEqual(self.status(name), "Awaiting Acceptance")

	def test_withdrawn_with_a_reason(self) -> None:
		name = self.accepted()
		self.assertRefused(PaperError, self.step, name, "Withdraw Movement", self.here.entry)
		self.step(name, "Withdraw Movement", self.here.entry, closing_reason="تغيرت الظروف")
		self.assertEqual((self.status(name), self.place()), ("Cancelled", self.here.institution))
		self.assertTrue(self.sees(self.second_director, name))

	def test_cancelled_before_it_was_addressed_stays_with_the_sender(self) -> None:
		name = self.propose()
		self.step(name, "Withdraw Movement", self.here.entry, closing_reason="خطأ")
		self.assertFalse(self.sees(self.second_director, name))


class TestFourEyes(MoveTestCase):
	def test_who_proposed_does_not_approve(self) -> None:
		self.settings(transfer_approval="Always")
		name = self.propose(self.here.chief)
		self.assertEqual(self.status(name), "Awaiting Approval")
		self.assertRefused(FourEyesError, self.step, name, "Approve Movement", self.here.chief)
		self.step(name, "Approve Movement", self.country.head)

	def test_who_edited_does_not_approve(self) -> None:
		name = self.propose()
		self.step(name, "Return Movement", self.here.chief, closing_reason="يراجع")
		self.step(name, "Propose Movement", self.here.chief, reason_details="أضافه المدير")
		self.assertRefused(FourEyesError, self.step, name, "Approve Movement", self.here.chief)

	def test_one_person_on_both_sides(self) -> None:
		"""Whoever directs the receiving institution and proposed the transfer elsewhere does not accept it."""
		both = factories.staff("Institution Director", institution=self.second)
		factories.assign(both, "Institution Director", institution=self.here.institution)
		name = self.propose(both)
		self.step(name, "Approve Movement", self.here.chief)
		self.assertRefused(FourEyesError, self.step, name, "Accept the Child", both)
		self.step(name, "Accept the Child", self.second_director)

	def test_the_setting_says_when_the_directorate_decides(self) -> None:
		self.settings(transfer_approval="When the Institution Proposes")
		self.assertEqual(self.status(self.propose(self.here.chief)), "Awaiting Acceptance")
		self.act_as("Administrator")
		self.child = factories.child(self.here.institution)
		self.settings(transfer_approval="Between Directorates")
		self.assertEqual(self.status(self.propose()), "Awaiting Acceptance")
		self.act_as("Administrator")
		self.child = factories.child(self.here.institution)
		self.assertEqual(
			self.status(self.propose(to_institution=self.there.institution)), "Awaiting Approval"
		)


class TestConditions(MoveTestCase):
	def test_a_decision_has_number_day_and_authority(self) -> None:
		name = self.propose(decision_number="")
		self.assertRefused(PaperError, self.step, name, "Approve Movement", self.here.chief)
		self.step(name, "Approve Movement", self.here.chief, decision_number="77")

	def test_best_interests_are_asked_for(self) -> None:
		self.assertRefused(PaperError, self.propose, best_interests="")
		self.assertRefused(REFUSALS, self.propose, child_view="")
		self.propose(child_view="", no_view_reason="رضيع")

	def test_a_completed_review_that_holds_it_will_do(self) -> None:
		from social_care.tests.case_work import completed_review

		self.act_as("Administrator")
		review = completed_review(self.child.name, review_kind="RK-03", best_interests="النقل أصلح")
		name = self.propose(best_interests="", child_view="")
		self.assertEqual(frappe.db.get_value("Placement Change", name, "care_review"), review.name)

	def test_an_old_determination_no_longer_counts(self) -> None:
		self.act_as(self.here.entry)
		old = {"doctype": "Best Interests Determination", "child": self.child.name, **INTERESTS}
		frappe.get_doc(old | {"determined_on": add_days(nowdate(), -60)}).insert()
		self.act_as("Administrator")
		self.settings(best_interests_valid_days=30)
		self.assertRefused(PaperError, self.propose, best_interests="")
		self.act_as("Administrator")
		self.settings(best_interests_valid_days=90)
		self.propose(best_interests="")

	def test_a_reason_of_another_movement(self) -> None:
		self.assertRefused(PaperError, self.propose, reason="MR-41")

	def test_a_full_institution(self) -> None:
		self.settings(capacity_mode="Block")
		full = factories.institution(self.here.district, licensed_capacity=0).name
		self.assertRefused(PlacementError, self.propose, to_institution=full)
		self.act_as(self.here.entry)
		told = guide.weigh(self.child.name, full)["warnings"]
		self.assertIn(
			frappe._("The institution has {0} children for a licensed capacity of {1}.").format(0, 0), told
		)

	def test_room_is_looked_at_again_when_it_is_accepted(self) -> None:
		self.settings(capacity_mode="Block")
		name = self.approved()
		frappe.db.set_value("Institution", self.second, "licensed_capacity", 0)
		self.assertRefused(PlacementError, self.step, name, "Accept the Child", self.second_director)

	def test_siblings_are_not_separated_without_a_reason(self) -> None:
		self.settings(sibling_mode="Require Reason")
		family = factories.family().name
		self.child.family = family
		self.child.save()
		factories.child(self.here.institution, family=family)
		self.assertRefused(PlacementError, self.propose)
		name = self.propose(sibling_separation_reason="علاج متخصص")
		self.step(name, "Approve Movement", self.here.chief)
		self.step(name, "Accept the Child", self.second_director)
		self.step(name, "Record Hand-over", self.second_entry)
		self.assertEqual(
			frappe.db.get_value("Placement", self.history()[-1].name, "sibling_separation_reason"),
			"علاج متخصص",
		)

	def test_to_the_same_institution(self) -> None:
		self.assertRefused(PaperError, self.propose, to_institution=self.here.institution)

	def test_one_movement_at_a_time(self) -> None:
		self.propose()
		self.assertRefused(PaperError, self.propose)

	def test_days(self) -> None:
		for day in (add_days(nowdate(), -31), self.child.admission_date):
			self.assertRefused(PaperError, self.propose, effective_date=day)
		self.act_as("Administrator")
		self.settings(movement_backdate_days=200)
		self.assertRefused(PaperError, self.propose, effective_date=self.child.admission_date)

	def test_who_may_propose(self) -> None:
		for user in (self.second_entry, self.there.entry, self.there.officer, self.second_director):
			self.assertRefused(frappe.PermissionError, self.propose, user)

	def test_the_child_was_moved_in_another_way(self) -> None:
		name = self.accepted()
		self.act_as("Administrator")
		factories.transfer(self.child.name, self.there.institution)
		self.assertEqual(self.status(name), "Cancelled")
		self.assertEqual(self.place(), self.there.institution)
