"""The official prints of a plan of corrective actions, of a complaint and of a rapid intervention: Arabic, with a code, and nothing above the reader's level."""

import frappe
from frappe.utils import nowdate
from social_care.prints import verification
from social_care.prints.testing import code_of, embedded, whole

from social_care_inspections.tests.action_cases import PLAN, ActionTestCase
from social_care_inspections.tests.cases import step
from social_care_inspections.tests.test_complaints import COMPLAINT, DECISION, SENDER, ComplaintCase
from social_care_inspections.tests.test_rapid_intervention import CASE, HELP, InterventionTestCase


def printed(doctype: str, name: str, print_format: str) -> bytes:
	return frappe.get_print(doctype, name, print_format, as_pdf=True, pdf_generator="chromium")


class TestPlanPrint(ActionTestCase):
	def test_the_plan_with_its_actions(self) -> None:
		plan, actions = self.started(2)
		self.reported_action(actions[0])
		self.act_as(self.here.director)
		pdf = printed(PLAN, plan.name, "Corrective Plan")
		said = whole(pdf)
		for text in (
			"سلامةالمبنى",
			"تركيبطفاية",
			"ركبتأربع",
			"خطةالإجراءاتالتصحيحية",
			plan.name,
		):
			self.assertIn(text, said)
		self.assertNotIn("@", said)
		self.assertTrue(embedded(pdf))
		self.assertEqual(verification.verify(code_of(pdf))["state"], "valid")

	def test_a_plan_that_has_not_begun_is_printed_by_nobody_of_the_institution(self) -> None:
		plan = self.improvement()
		for user in (self.here.director, self.there.chief):
			self.act_as(user)
			self.assertFalse(frappe.has_permission(PLAN, "print", doc=plan.name), user)


class TestComplaintPrint(ComplaintCase):
	def test_the_file_without_the_sender(self) -> None:
		doc = self.examined()
		sender = {"doctype": SENDER, "institution_complaint": doc.name, "full_name": "سعاد منصور"}
		self.act_as(self.manager)
		frappe.get_doc(sender | {"sender_kind": "Citizen", "telephone": "01000000001"}).insert()
		self.act_as(self.here.chief)
		doc = step(doc, "Decided", outcome="Unfounded", **DECISION)
		said = whole(printed(COMPLAINT, doc.name, "Complaint File"))
		for text in ("الطعامقليلمنذأسبوع", "بلاأساس", doc.name):
			self.assertIn(text, said)
		for secret in ("سعاد", "منصور", "01000000001", "٠١٠٠٠٠٠٠٠٠١", "@"):
			self.assertNotIn(secret, said)

	def test_the_institution_prints_what_it_is_asked_and_no_more(self) -> None:
		doc = self.examined()
		self.act_as(self.manager)
		doc.update({"ask_institution": 1, "text_for_institution": "ما جدول الوجبات؟"})
		doc.save()
		self.act_as(self.here.director)
		said = whole(printed(COMPLAINT, doc.name, "Complaint File"))
		self.assertIn("ماجدولالوجبات", said)
		self.assertNotIn("zq", said)
		self.assertNotIn("الطعامقليل", said)


class TestInterventionPrint(InterventionTestCase):
	def test_the_case_with_its_team_and_follow_ups(self) -> None:
		doc = step(self.arrived(minutes_ago=30), "Action Taken", **HELP)
		doc = step(doc, "In Follow-Up", follow_ups=[{"followed_on": nowdate(), "note": "استقر"}])
		pdf = printed(CASE, doc.name, "Rapid Intervention File")
		said = whole(pdf)
		member = frappe.utils.get_fullname(self.member).replace(" ", "")
		for text in (
			"ملفحالةتدخلسريع",
			"ميدانرمسيس",
			"طفلينامفيالشارع",
			"نقلتالأسرة",
			"استقر",
			"رئيسالفريق",
			member,
		):
			self.assertIn(text, said)
		self.assertNotIn("@", said)
		self.assertEqual(verification.verify(code_of(pdf))["state"], "valid")

	def test_another_directorate_prints_none(self) -> None:
		doc = self.case()
		self.act_as(self.there.chief)
		self.assertFalse(frappe.has_permission(CASE, "print", doc=doc.name))
