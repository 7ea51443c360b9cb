"""The central integration committee decides on returns; its decision is what the directorate sends the child home by."""

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, add_to_date, getdate, now_datetime, nowdate

from social_care.decisions.committees import reintegration, waiting
from social_care.decisions.doctype.committee_session.committee_session import SessionError
from social_care.registry.child_paper import PaperError
from social_care.tests import factories
from social_care.tests.kin_cases import ReturnTestCase

DOCTYPE, SESSION = reintegration.DOCTYPE, "Committee Session"


class TestCommittee(ReturnTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.manager = factories.staff("General Manager", "HQ")
		self.committee = self.seated("HQ")
		self.prepared()

	def seated(self, unit: str) -> str:
		self.act_as("Administrator")
		doc = frappe.get_doc(
			{
				"doctype": "Committee",
				"committee_name": f"اللجنة المركزية {factories.letters()}",
				"committee_kind": reintegration.KIND,
				"org_unit": unit,
			}
		)
		for number, name in enumerate(("رئيس الإدارة المركزية", "عضو أول", "عضو ثان")):
			part = "Member" if number else "Chair of the Committee"
			seat = {"member_name": name, "part": part, "has_vote": 1, "valid_from": add_days(nowdate(), -9)}
			doc.append("seats", seat)
		return doc.insert().name

	def sitting(self, committee: str | None = None, user: str | None = None):
		self.act_as(user or self.manager)
		held_on = add_to_date(now_datetime(), hours=-1)
		doc = frappe.get_doc(
			{"doctype": SESSION, "committee": committee or self.committee, "held_on": held_on}
		)
		doc.append("cases", {"case_type": DOCTYPE, "case_name": self.case.name})
		doc.insert()
		for row in doc.attendees:
			row.attendance = "Present"
		doc.save()
		return apply_workflow(doc, "Open the Session")

	def decided(self, decision: str):
		doc = self.sitting()
		doc.discussion = "نوقشت حالة العودة."
		values = {"decision": decision, "reasons": "بعد المداولة", "votes_for": doc.cases[0].entitled}
		doc.cases[0].update(values)
		doc.save()
		self.act_as(self.country.head)
		apply_workflow(frappe.get_doc(SESSION, doc.name), "Close the Session")
		self.case = frappe.get_doc(DOCTYPE, self.case.name)
		return frappe.get_doc(SESSION, doc.name)

	def waits(self) -> dict[str, str]:
		self.act_as(self.manager)
		return {row["case_name"]: row["summary"] for row in waiting.for_committee(self.committee)}

	def test_what_is_prepared_waits_without_a_name(self) -> None:
		told = self.waits()[self.case.name]
		self.assertIn(self.child.name, told)
		self.assertNotIn(self.child.first_name, told)
		self.sitting()
		self.assertNotIn(self.case.name, self.waits())

	def test_an_approval_is_the_decision_of_the_return(self) -> None:
		session = self.decided("Approval")
		case = self.case
		self.assertEqual((case.ruling, case.committee_session), ("Approval", session.name))
		number = f"{session.session_number}/{session.session_year}"
		self.assertEqual((case.decision_number, getdate(case.decision_date)), (number, getdate(nowdate())))
		self.assertNotIn(case.name, self.waits())
		self.assertRefused(PaperError, self.change, self.here.chief, decision_number="9")
		case = self.step("Return to the Family", self.here.chief)
		self.assertEqual(case.status, "Reintegrated")
		placement = frappe.get_doc("Placement", case.placement)
		self.assertEqual((placement.decision_number, placement.setting), (number, "Family"))

	def test_nobody_writes_a_ruling_by_hand(self) -> None:
		self.change(self.here.chief, ruling="Approval", committee_session=None, ruling_reasons="نعم")
		case = frappe.get_doc(DOCTYPE, self.case.name)
		self.assertFalse(case.ruling or case.ruling_reasons)

	def test_a_refused_return_does_not_take_place(self) -> None:
		self.decided("Rejection")
		self.assertNotIn(self.case.name, self.waits())
		by_hand = {"decision_number": "7", "decision_date": nowdate(), "decision_authority": "المديرية"}
		self.change(self.here.chief, **by_hand)
		self.assertRefused(PaperError, self.step, "Return to the Family", self.here.chief)
		case = self.step("Assess Again", self.here.officer)
		self.assertFalse(case.ruling or case.decision_number or case.committee_session)
		self.step("Mark as Prepared", self.here.officer)
		self.assertIn(self.case.name, self.waits())

	def test_what_is_put_off_goes_on_waiting(self) -> None:
		self.decided("Deferral")
		self.assertEqual(self.case.ruling_reasons, "بعد المداولة")
		self.assertIn(self.case.name, self.waits())

	def test_without_a_committee_only_where_the_ministry_allows_it(self) -> None:
		by_hand = {"decision_number": "7", "decision_date": nowdate(), "decision_authority": "المديرية"}
		self.change(self.here.chief, **by_hand)
		self.act_as("Administrator")
		self.settings(reintegration_by_committee=1)
		self.assertRefused(PaperError, self.step, "Return to the Family", self.here.chief)
		self.act_as("Administrator")
		self.settings(reintegration_by_committee=0)
		self.assertEqual(self.step("Return to the Family", self.here.chief).status, "Reintegrated")

	def test_a_committee_of_a_directorate_does_not_decide_on_it(self) -> None:
		local = self.seated(self.here.directorate)
		self.assertRefused(SessionError, self.sitting, local, self.here.chief)
