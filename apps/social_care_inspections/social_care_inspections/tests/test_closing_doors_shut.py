"""Ways around a closing: absent children, the Institution's own form, other targets of a merger, transfers that came to nothing."""

import frappe
from frappe.utils import add_days, add_years, nowdate
from social_care.registry.placements import leave_care
from social_care.tests import factories

from social_care_inspections.inspections.closings import effect, plan, states, transfers
from social_care_inspections.inspections.closings.case import ClosingCaseError
from social_care_inspections.inspections.closings.guard import InstitutionClosingError
from social_care_inspections.tests.cases import fresh, step
from social_care_inspections.tests.closing_cases import ClosingTestCase


class TestAbsentChildren(ClosingTestCase):
	def absconded(self, child: str) -> None:
		self.act_as("Administrator")
		current = {"child": child, "is_current": 1}
		frappe.db.set_value("Placement", current, "from_date", add_days(nowdate(), -9))
		leave_care(child, "Absconding")

	def test_before_the_plan_began(self) -> None:
		gone, there = self.child().name, self.child().name
		doc = self.supervised()
		self.absconded(gone)
		doc = self.by(self.here.chief, doc, states.PLACING)
		self.assertEqual(self.row(gone).status, states.DRAFT)
		doc = self.decided(doc)
		self.assertFalse(self.row(gone).to_institution)
		self.receive(there)
		doc = self.handing(fresh(doc))
		self.assertIn(gone, self.refused(doc, ClosingCaseError))
		self.act_as(self.here.chief)
		row = self.row(gone)
		row.absence_note = "أُبلغ قسم الشرطة"
		row.save()
		self.assertEqual(self.by(self.country.head, doc, states.COMPLETED).status, states.COMPLETED)

	def decided(self, doc):
		"""Proposed, heard, approved, and the movements proposed."""
		doc = self.proposed(doc)
		self.hear(doc)
		doc = self.minuted(doc)
		plan.approve(doc.name)
		transfers.make(doc.name)
		return fresh(doc)

	def test_an_institution_without_a_closing_is_not_closed_while_one_is_absent(self) -> None:
		child = self.child().name
		self.absconded(child)
		self.act_as(self.country.head)
		frappe.db.set_value("Institution", self.home, "status", "Closing")
		doc = frappe.get_doc("Institution", self.home)
		doc.update({"status": "Closed", "status_reason": "بلا أبناء"})
		self.assertIn(child, str(self.assertRefused(InstitutionClosingError, doc.save)))


class TestInstitutionsOwnForm(ClosingTestCase):
	def put(self, status: str):
		doc = frappe.get_doc("Institution", self.home)
		doc.update({"status": status, "status_reason": "قرار"})
		return doc.save()

	def test_not_around_an_open_closing(self) -> None:
		doc = self.memo()
		self.act_as(self.country.head)
		for status in ("Closing", "Converted to Aftercare"):
			self.assertIn(doc.name, str(self.assertRefused(InstitutionClosingError, self.put, status)))
		self.by(self.here.chief, fresh(doc), states.CANCELLED, closing_reason="لا حاجة")
		self.act_as(self.country.head)
		self.assertEqual(self.put("Closing").status, "Closing")

	def test_not_out_of_the_order(self) -> None:
		self.supervised()
		for user in (self.country.head, "Administrator"):
			self.act_as(user)
			for status in ("Closed", "Operating", "Converted to Aftercare"):
				self.assertRefused(InstitutionClosingError, self.put, status)

	def test_no_conversion_with_young_residents(self) -> None:
		young = self.child(birth_date=add_years(nowdate(), -10)).name
		self.act_as(self.country.head)
		self.assertIn(
			young, str(self.assertRefused(InstitutionClosingError, self.put, "Converted to Aftercare"))
		)
		frappe.db.set_value("Child", young, "birth_date", add_years(nowdate(), -19))
		self.assertEqual(self.put("Converted to Aftercare").status, "Converted to Aftercare")


class TestMerger(ClosingTestCase):
	def test_where_the_children_are_counts(self) -> None:
		child = self.child().name
		other = self.institution(map_latitude=self.north, map_longitude=26)
		doc = self.approved(expected_result=states.MERGER, successor=self.near)
		self.act_as("Administrator")
		factories.transfer(child, other)
		doc = self.handing(fresh(doc))
		self.assertIn(child, self.refused(doc, ClosingCaseError))
		self.act_as("Administrator")
		current = {"child": child, "is_current": 1}
		frappe.db.set_value("Placement", current, "from_date", add_days(nowdate(), -1))
		factories.transfer(child, self.near)
		self.assertEqual(self.by(self.country.head, doc, states.COMPLETED).status, states.COMPLETED)

	def test_no_other_target_is_approved(self) -> None:
		child = self.child().name
		other = self.institution(map_latitude=self.north, map_longitude=26)
		doc = self.placing(expected_result=states.MERGER, successor=self.near)
		self.hear(doc)
		self.choose(child, other)
		doc = self.minuted(doc)
		told = frappe._("in a merger the child goes to the institution that takes over")
		self.assertIn(told, str(self.assertRefused(ClosingCaseError, plan.approve, doc.name)))


class TestTransfersThatCameToNothing(ClosingTestCase):
	def cancelled(self, child: str) -> str:
		change = self.row(child).placement_change
		self.act_as(self.here.chief)
		doc = frappe.get_doc("Placement Change", change)
		step(doc, "Cancelled", closing_reason="اعتذرت المؤسسة")
		return change

	def test_tried_again_or_chosen_anew(self) -> None:
		child = self.child().name
		doc = self.transferred()
		change = self.cancelled(child)
		row = self.row(child)
		self.assertEqual((row.status, row.placement_change), (states.APPROVED, None))
		self.assertIn(change, row.fault)
		self.act_as(self.country.head)
		self.assertEqual(transfers.make(doc.name), {"made": 1, "refused": 0})
		self.cancelled(child)
		other = self.institution(map_latitude=self.north, map_longitude=26)
		self.act_as(self.here.chief)
		row = self.row(child)
		row.to_institution = other
		row.save()
		self.assertEqual((row.status, row.fault, row.decision_number), (states.DRAFT, None, None))
		self.advised(doc)
		self.assertEqual(plan.approve(doc.name), 1)
		self.assertEqual(transfers.make(doc.name), {"made": 1, "refused": 0})

	def test_the_daily_job_finds_those_that_ended_without_a_save(self) -> None:
		child = self.child().name
		self.transferred()
		frappe.db.set_value("Placement Change", self.row(child).placement_change, "status", "Expired")
		self.act_as("Administrator")
		self.daily()
		self.assertFalse(self.row(child).placement_change)
		self.assertTrue(self.row(child).fault)

	def test_what_is_kept_is_arabic_whatever_the_worker_speaks(self) -> None:
		child = self.child().name
		doc = self.approved()
		frappe.db.set_value("Institution", self.near, "status", "Suspended")
		self.act_as(self.country.head)
		spoken, frappe.local.lang = frappe.local.lang, "en"
		self.addCleanup(setattr, frappe.local, "lang", spoken)
		transfers.make(doc.name)
		self.assertEqual(frappe.local.lang, "en")
		self.assertNotRegex(self.row(child).fault, "[a-z]{4}")


class TestStopped(ClosingTestCase):
	def test_moves_nobody_and_keeps_no_place(self) -> None:
		child = self.child().name
		doc = self.approved()
		self.act_as(self.country.head)
		step(doc, states.CANCELLED, closing_reason="صُححت")
		self.assertEqual(self.row(child).status, states.ENDED)
		frappe.db.set_value(states.PLAN, self.row(child).name, "status", states.APPROVED)
		self.assertEqual(transfers.make(doc.name), {"made": 0, "refused": 1})
		self.assertEqual(effect.moved_rows(doc.name), [])

	def test_the_former_state_returns(self) -> None:
		frappe.db.set_value("Institution", self.home, "status", "Suspended")
		doc = self.ordered()
		self.act_as(self.country.head)
		step(doc, states.CANCELLED, closing_reason="صُححت")
		self.assertEqual(frappe.db.get_value("Institution", self.home, "status"), "Suspended")


class TestSuitable(ClosingTestCase):
	def test_an_institution_that_does_not_suit_wants_a_reason(self) -> None:
		child = self.child(sex="Male").name
		other = self.institution(map_latitude=self.north, map_longitude=26, sex="Female")
		doc = self.placing()
		self.hear(doc)
		self.choose(child, other)
		doc = self.minuted(doc)
		self.assertIn(child, str(self.assertRefused(ClosingCaseError, plan.approve, doc.name)))
		self.act_as(self.here.chief)
		row = self.row(child)
		row.exception_reason = "أخته فيها، ولا مكان لهما في غيرها"
		row.save()
		self.advised(doc)
		self.assertEqual(plan.approve(doc.name), 1)

	def test_a_memo_whose_order_could_not_be_carried_out(self) -> None:
		frappe.db.set_value("Institution", self.home, "status", "Under Licensing")
		doc = self.memo()
		self.assertRefused(ClosingCaseError, step, doc, states.WITH_ADVISER)

	def test_levels_of_a_row(self) -> None:
		levels = {"siblings_here": 3, "separation_reason": 5, "unplaced_reason": 5, "exception_reason": 5}
		meta = frappe.get_meta(states.PLAN)
		self.assertEqual({field: meta.get_field(field).permlevel for field in levels}, levels)
		for user, read in ((self.here.chief, {3, 5}), (self.adviser, set())):
			self.act_as(user)
			able = set(meta.get_permlevel_access("read", user=user))
			self.assertEqual(able & {3, 5}, read, user)
