"""Violations: from what was observed to the conclusion, and the referral of suspected crimes."""

import frappe
from frappe.utils import add_days, getdate, now_datetime, nowdate
from social_care.registry.file_review import FourEyesError
from social_care.tests import factories

from social_care_inspections.inspections.violations.record import ViolationRecordError
from social_care_inspections.tests.cases import fresh, step, visit
from social_care_inspections.tests.violation_cases import REFERRED, ViolationTestCase, inquiry

WORKER = {"against": "Worker", "accused_name": "سعيد حسن محمود", "accused_job": "مشرف ليلي"}


class TestObserved(ViolationTestCase):
	def test_the_usual_severity_and_another(self) -> None:
		self.assertEqual(self.violation().severity, "Minor")
		self.assertEqual(self.violation(severity="Grave").severity, "Grave")

	def test_who_records_and_who_sees(self) -> None:
		doc = self.violation()
		for user, sees in (
			(self.here.chief, True),
			(self.control, True),
			(self.adviser, True),
			(self.country.head, True),
			(self.here.director, False),
			(self.here.entry, False),
			(self.there.chief, False),
		):
			self.act_as(user)
			listed = (
				frappe.get_list("Violation Record", {"name": doc.name})
				if frappe.has_permission("Violation Record", "read")
				else []
			)
			self.assertEqual(bool(listed), sees, user)
		values = {
			"doctype": "Violation Record",
			"institution": self.here.institution,
			"violation_type": "AD-02",
		}
		for user in (self.here.director, self.there.chief, self.adviser):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, frappe.get_doc(values | {"description": "س"}).insert)

	def test_it_begins_as_observed(self) -> None:
		doc = self.violation(status="Proven", concluded_by=self.inspector, suspected_crime=1, referred_late=1)
		self.assertEqual((doc.status, doc.concluded_by, doc.suspected_crime), ("Observed", None, 0))
		self.assertRefused(ViolationRecordError, self.violation, conclusion="ثبتت")
		self.assertRefused(ViolationRecordError, self.violation, found_on=add_days(nowdate(), 1))

	def test_a_visit_to_the_same_institution(self) -> None:
		self.act_as("Administrator")
		home = factories.institution(self.here.district).name
		self.act_as(self.here.chief)
		other, ours = visit(home, self.inspector).name, visit(self.here.institution, self.inspector).name
		self.assertRefused(ViolationRecordError, self.violation, institution_visit=other)
		self.assertEqual(self.violation(institution_visit=ours).institution_visit, ours)

	def test_whom_it_is_against(self) -> None:
		self.assertRefused(ViolationRecordError, self.violation, accused_name="سعيد")
		self.assertRefused(ViolationRecordError, self.violation, against="Worker")
		self.assertRefused(frappe.ValidationError, self.violation, **WORKER, accused_number="123")
		number = factories.national_number("1980-05-05")
		self.assertEqual(self.violation(**WORKER, accused_number=f" {number} ").accused_number, number)
		supervisor = self.violation(against="Supervisor", accused_user=self.here.officer)
		self.assertEqual(supervisor.accused_name, frappe.db.get_value("User", self.here.officer, "full_name"))


class TestCrime(ViolationTestCase):
	def test_it_is_referred_the_same_day(self) -> None:
		doc = self.violation(violation_type="AB-01", severity="Minor")
		self.assertEqual((doc.suspected_crime, getdate(doc.referral_due_on)), (1, getdate(nowdate())))
		self.assertRefused(ViolationRecordError, step, doc, "In Investigation")
		doc = step(doc, "In Investigation", **REFERRED)
		self.assertEqual((doc.referred_by, doc.referred_late), (self.inspector, 0))

	def test_late_stays_late(self) -> None:
		doc = self.violation(violation_type="AB-03")
		frappe.db.set_value(doc.doctype, doc.name, "referral_due_on", add_days(now_datetime(), -1))
		doc = fresh(doc)
		doc.update({**REFERRED, "referred_late": 0})
		doc.save()
		self.assertEqual(fresh(doc).referred_late, 1)
		doc = fresh(doc)
		doc.referral_number = "121/2026"
		doc.save()
		self.assertEqual((fresh(doc).referred_late, fresh(doc).referral_number), (1, "121/2026"))

	def test_only_a_suspicion_is_referred(self) -> None:
		self.assertRefused(ViolationRecordError, self.violation, **REFERRED)

	def test_those_above_are_told_at_once_without_a_name(self) -> None:
		doc = self.violation(violation_type="AB-01", **WORKER)
		self.act_as("Administrator")
		rows = frappe.get_all("Notification Log", {"document_name": doc.name}, ["for_user", "subject"])
		told = {row.for_user for row in rows}
		self.assertLessEqual({self.here.chief, self.country.head, self.control, self.adviser}, told)
		self.assertFalse(told & {self.here.director, self.there.chief})
		self.assertNotIn("سعيد", rows[0].subject)


class TestInvestigation(ViolationTestCase):
	def test_a_hearing_and_reasons_before_the_conclusion(self) -> None:
		doc = self.by(self.inspector, self.violation(), "In Investigation")
		self.assertEqual(getdate(doc.investigation_due_on), getdate(add_days(nowdate(), 15)))
		for missing in inquiry():
			self.act_as(self.inspector)
			doc = fresh(doc)
			doc.update(inquiry() | {missing: None})
			doc.save()
			self.act_as(self.here.chief)
			self.assertRefused(ViolationRecordError, step, doc, "Proven")

	def test_by_other_hands(self) -> None:
		doc = self.investigated()
		self.assertRefused(frappe.PermissionError, step, doc, "Proven")
		self.act_as(self.here.chief)
		doc = fresh(doc)
		doc.conclusion = "ثبتت بالمعاينة أيضا"
		doc.save()
		self.assertRefused(FourEyesError, step, doc, "Proven")
		self.assertEqual(self.by(self.country.head, doc, "Not Proven").concluded_by, self.country.head)

	def test_no_conclusion_without_an_investigation(self) -> None:
		doc = self.violation()
		self.act_as(self.here.chief)
		for status in ("Proven", "Not Proven", "Penalised", "Closed"):
			self.assertRefused((frappe.PermissionError, frappe.ValidationError), step, doc, status)

	def test_what_was_concluded_is_not_rewritten(self) -> None:
		doc = self.proven()
		for user in (self.inspector, self.here.chief):
			self.act_as(user)
			doc = fresh(doc)
			doc.description = "غير ذلك"
			self.assertRefused(ViolationRecordError, doc.save)

	def test_not_proven_is_not_turned_into_proven(self) -> None:
		doc = self.by(self.here.chief, self.investigated(), "Not Proven")
		self.act_as(self.country.head)
		self.assertRefused(frappe.PermissionError, step, doc, "Proven")
		self.assertEqual(step(doc, "Closed", closing_note="حُفظت").closed_by, self.country.head)

	def test_a_person_is_known_before_it_is_proven(self) -> None:
		doc = self.investigated(against="Worker", accused_name="سعيد حسن")
		self.act_as(self.here.chief)
		self.assertRefused(ViolationRecordError, step, doc, "Proven")

	def test_nothing_is_deleted(self) -> None:
		doc = self.violation()
		self.act_as("Administrator")
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, doc.doctype, doc.name)
