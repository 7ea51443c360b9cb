"""Whose hand writes what of a closing's plan, what follows a child's move, and what a freeze refuses."""

import frappe
from frappe.utils import add_days, nowdate
from social_care.registry.file_review import FourEyesError
from social_care.tests import factories

from social_care_inspections.inspections.closings import follow_up, freeze, plan, states
from social_care_inspections.inspections.closings.case import ClosingCaseError
from social_care_inspections.inspections.closings.freeze import LicensingFreezeError
from social_care_inspections.inspections.closings.plan_row import ClosingPlacementError
from social_care_inspections.tests.cases import fresh
from social_care_inspections.tests.closing_cases import ClosingTestCase


class TestHands(ClosingTestCase):
	def test_the_institution_writes_nothing_of_its_own_hand_over(self) -> None:
		child = self.child().name
		self.approved()
		for values in ({"absence_note": "بحثنا"}, {"file_handed_over_on": nowdate()}):
			self.act_as(self.director)
			row = self.row(child)
			row.update(values)
			self.assertRefused(ClosingPlacementError, row.save)

	def test_another_role_in_the_same_home_chooses_nothing(self) -> None:
		child = self.child().name
		doc = self.placing()
		self.act_as("Administrator")
		factories.assign_unchecked(self.director, "Institution Entry User", institution=self.home)
		self.hear(doc)
		row = self.row(child)
		row.update({"next_place": states.OTHER, "to_institution": self.near})
		row.save()
		self.assertFalse(self.row(child).next_place or self.row(child).to_institution)

	def test_whoever_asked_before_another_does_not_approve_either(self) -> None:
		self.child()
		doc = self.placing()
		self.act_as(self.country.head)
		plan.propose(doc.name)
		doc = self.proposed(doc)
		self.hear(doc)
		doc = self.minuted(doc)
		self.assertRefused(FourEyesError, plan.approve, doc.name)

	def test_the_legal_adviser_speaks_on_the_committees_decision(self) -> None:
		self.child()
		doc = self.proposed(self.placing())
		self.hear(doc)
		doc = self.minuted(doc)
		self.assertEqual((doc.plan_opinion_by, doc.plan_legal_opinion), (self.adviser, "القرار سليم"))
		doc.plan_decision_number = "13/2026"
		doc.save()
		doc = fresh(doc)
		self.assertFalse(doc.plan_opinion_on or doc.plan_opinion_by or doc.plan_legal_opinion)
		told = frappe._("The legal adviser gives an opinion on the committee's decision first.")
		self.assertIn(told, str(self.assertRefused(ClosingCaseError, plan.approve, doc.name)))
		for user in (self.here.chief, self.country.head):
			self.act_as(user)
			self.assertRefused(
				(ClosingCaseError, frappe.PermissionError), plan.give_opinion, doc.name, "رأي ليس من اختصاصه"
			)
		for user in (self.director, self.there.chief):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, plan.give_opinion, doc.name, "رأي")
		self.act_as(self.adviser)
		self.assertRefused(ClosingCaseError, plan.give_opinion, doc.name, "")
		plan.give_opinion(doc.name, "لا مانع")
		self.assertRefused(frappe.PermissionError, plan.approve, doc.name)
		self.act_as(self.country.head)
		self.assertEqual(plan.approve(doc.name), 1)

	def test_an_opinion_is_about_the_plan_as_it_stood(self) -> None:
		self.child()
		doc = self.proposed(self.placing())
		self.hear(doc)
		doc = self.minuted(doc)
		self.assertTrue(doc.plan_opinion_on)
		self.act_as(self.here.chief)
		row = frappe.get_doc(states.PLAN, {"closing_case": doc.name})
		row.next_place, row.exception_reason = "Family", "أسرته ترعاه"
		row.save()
		self.assertFalse(fresh(doc).plan_opinion_on)

	def test_without_the_setting_no_opinion_is_asked_for(self) -> None:
		self.child()
		doc = self.proposed(self.placing())
		self.hear(doc)
		frappe.db.set_single_value(states.SETTINGS, "committee_needs_opinion", 0)
		frappe.clear_document_cache(states.SETTINGS, states.SETTINGS)
		doc = self.minuted(doc)
		doc.plan_decision_number = "13/2026"
		doc.save()
		self.assertEqual(plan.approve(doc.name), 1)

	def test_no_approval_while_the_search_runs(self) -> None:
		self.child()
		doc = self.proposed(self.placing())
		self.hear(doc)
		self.act_as(self.here.chief)
		plan.propose(doc.name)
		doc = self.minuted(doc)
		told = frappe._("The search for places is still running; approve its plan when it has ended.")
		self.assertIn(told, str(self.assertRefused(ClosingCaseError, plan.approve, doc.name)))
		long_ago = add_days(nowdate(), -1)
		frappe.db.set_value(states.CLOSING, doc.name, "proposal_on", long_ago)
		self.act_as("Administrator")
		self.daily()
		self.assertEqual(fresh(doc).proposal_state, plan.FAILED)
		self.act_as(self.country.head)
		self.assertEqual(plan.approve(doc.name), 1)

	def test_siblings_through_one_who_lives_elsewhere(self) -> None:
		first, second = self.child().name, self.child().name
		self.act_as("Administrator")
		third = factories.child(self.there.institution).name
		for child in (first, second):
			pair = {"doctype": "Sibling Pair", "child": child, "other_child": third, "status": "Siblings"}
			frappe.get_doc(pair).db_insert()
		self.placing()
		self.assertEqual({self.row(name).sibling_group for name in (first, second)}, {min(first, second)})
		self.assertEqual([self.row(name).siblings_here for name in (first, second)], [1, 1])


class TestAfterTheMove(ClosingTestCase):
	def test_papers_of_a_child_whose_move_nobody_noted(self) -> None:
		child = self.child().name
		doc = self.approved()
		self.act_as("Administrator")
		factories.transfer(child, self.near)
		doc = self.handing(fresh(doc))
		self.act_as(self.country.head)
		doc.files_receiver = None
		doc.save()
		self.assertIn(child, self.refused(doc, ClosingCaseError))

	def test_visitors_are_told_once_planned_and_once_overdue(self) -> None:
		visitor = factories.staff("Social Administration Manager", self.here.district)
		child = self.child().name
		self.transferred()
		self.receive(child)
		self.assertEqual(len(self.notices(visitor)), 1)
		first = {"child": child, "visit_number": 1}
		frappe.db.set_value(states.FOLLOW_UP, first, "due_on", add_days(nowdate(), -1))
		self.act_as("Administrator")
		follow_up.tell_overdue()
		told = self.notices(visitor)
		self.assertEqual(len(told), 2)
		self.assertFalse([subject for subject in told if child in subject])

	def notices(self, user: str) -> list[str]:
		about = {"for_user": user, "document_type": states.FOLLOW_UP}
		return frappe.get_all("Notification Log", about, pluck="subject")

	def test_a_visit_is_planned_once(self) -> None:
		child = self.child().name
		self.transferred()
		self.receive(child)
		name = frappe.db.get_value(states.FOLLOW_UP, {"child": child, "visit_number": 1})
		twin = frappe.copy_doc(frappe.get_doc(states.FOLLOW_UP, name), ignore_no_copy=True)
		twin.name = frappe.generate_hash(length=10)
		self.assertRefused(frappe.UniqueValidationError, twin.db_insert)

	def test_the_receiving_institution_does_not_read_what_was_said_of_it(self) -> None:
		self.act_as("Administrator")
		director = factories.staff("Institution Director", institution=self.near)
		meta = frappe.get_meta(states.FOLLOW_UP)
		self.assertNotIn(2, meta.get_permlevel_access("read", user=director))
		self.assertIn(2, meta.get_permlevel_access("read", user=self.here.chief))


class TestFreeze(ClosingTestCase):
	def test_not_evaded_by_another_kind(self) -> None:
		self.act_as("Administrator")
		kinds = frappe.get_all("Institution Type", pluck="name", order_by="name asc")
		home = frappe.get_doc("Institution", self.home)
		other = next(name for name in kinds if name != home.institution_type)
		home.db_set("licence_date", add_days(nowdate(), -900))
		frozen = {"institution_type": other, "from_date": nowdate(), "decision_number": "5/2026"}
		decision = {"decision_date": nowdate(), "decision_authority": "الوزيرة", "reason": "كفاية القائم"}
		frappe.get_doc({"doctype": freeze.FREEZE} | frozen | decision).insert()
		home = frappe.get_doc("Institution", self.home)
		home.institution_type = other
		self.assertRefused(LicensingFreezeError, home.save)
