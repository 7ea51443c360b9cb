"""A visit's report: up the three levels, the institution's reply, clocks, notices."""

import frappe
from frappe.utils import add_days, getdate, now_datetime, nowdate
from social_care.registry.file_review import FourEyesError
from social_care.tests import factories

from social_care_inspections.inspections.doctype.institution_visit.institution_visit import (
	InstitutionVisitError,
)
from social_care_inspections.tests.cases import VisitTestCase, fresh, step, visit


class TestLevels(VisitTestCase):
	def reply(self, doc, text: str = "تم إصلاح الطفايات"):
		self.act_as(self.here.director)
		doc = fresh(doc)
		doc.institution_reply = text
		doc.save()
		return fresh(doc)

	def up(self, doc, user: str, status: str):
		self.act_as(user)
		return step(doc, status)

	def test_up_the_three_levels(self) -> None:
		doc = self.reported()
		self.assertRegex(doc.report_number, r"^IR-\d{4}-\d{5}$")
		self.assertEqual(getdate(doc.step_due_on), getdate(add_days(nowdate(), 3)))
		self.assertRefused(frappe.PermissionError, step, doc, "Reviewed by Administration")
		doc = self.up(doc, self.manager, "Reviewed by Administration")
		self.assertRefused(frappe.PermissionError, step, doc, "Reviewed by Directorate")
		doc = self.up(doc, self.here.chief, "Reviewed by Directorate")
		self.act_as(self.country.head)
		self.assertRefused(InstitutionVisitError, step, doc, "Approved")
		doc = self.reply(doc)
		self.assertEqual((doc.replied_by, doc.replied_late), (self.here.director, 0))
		doc = self.up(doc, self.country.head, "Approved")
		self.assertEqual((doc.approved_by, doc.steps_late, doc.step_due_on), (self.country.head, 0, None))
		self.assertEqual(frappe.db.get_value("Institution", self.here.institution, "grade"), "A")

	def test_one_person_one_level(self) -> None:
		doc = self.up(self.reported(), self.here.chief, "Reviewed by Administration")
		self.assertRefused(FourEyesError, step, doc, "Reviewed by Directorate")

	def test_who_made_it_does_not_review_it(self) -> None:
		self.act_as("Administrator")
		factories.assign_unchecked(self.inspector, "Directorate Director", self.there.institution)
		frappe.db.set_value(
			"Staff Assignment",
			{"user": self.inspector, "role": "Directorate Director"},
			{"scope": "Unit and Below", "org_unit": self.here.directorate, "institution": None},
		)
		doc = self.reported()
		self.assertRefused(FourEyesError, step, doc, "Reviewed by Administration")

	def test_no_level_is_left_out(self) -> None:
		doc = self.reported()
		self.act_as(self.country.head)
		for status in ("Approved", "Reviewed by Directorate", "Planned", "Cancelled"):
			self.assertRefused((frappe.PermissionError, frappe.ValidationError), step, doc, status)

	def test_a_step_after_its_day_is_late(self) -> None:
		doc = self.reported()
		frappe.db.set_value(doc.doctype, doc.name, "step_due_on", add_days(now_datetime(), -1))
		self.assertEqual(self.up(doc, self.manager, "Reviewed by Administration").steps_late, 1)
		late = self.completed()
		frappe.db.set_value(late.doctype, late.name, "report_due_on", add_days(now_datetime(), -1))
		self.assertEqual(step(late, "Reported").reported_late, 1)

	def test_clocks_are_settings(self) -> None:
		settings = frappe.get_doc("Inspection Settings")
		settings.update({"report_days": 1, "administration_days": 0})
		settings.save()
		doc = self.completed()
		self.assertEqual(getdate(doc.report_due_on), getdate(add_days(nowdate(), 1)))
		self.assertIsNone(step(doc, "Reported").step_due_on)

	def test_returned_with_a_reason_it_keeps_its_number(self) -> None:
		doc = self.reported()
		self.act_as(self.manager)
		self.assertRefused(InstitutionVisitError, step, doc, "Completed")
		back = step(doc, "Completed", return_reason="استكمال النتائج")
		self.act_as(self.inspector)
		again = step(back, "Reported", findings="نتائج مكتملة")
		self.assertEqual((again.report_number, again.return_reason), (doc.report_number, ""))

	def test_what_was_reported_is_not_rewritten(self) -> None:
		doc = self.reported()
		for field, value in (("findings", "س"), ("representative_name", "س"), ("institution_reply", "س")):
			self.act_as(self.inspector)
			doc = fresh(doc)
			doc.set(field, value)
			self.assertRefused(InstitutionVisitError, doc.save)
		doc = self.reply(doc)
		doc.findings = "لا شيء"
		self.assertRefused(InstitutionVisitError, doc.save)
		self.act_as(self.there.director)
		doc.reload()
		doc.institution_reply = "س"
		self.assertRefused(frappe.PermissionError, doc.save)

	def test_without_a_reply_after_its_time(self) -> None:
		doc = self.up(self.reported(), self.manager, "Reviewed by Administration")
		doc = self.up(doc, self.here.chief, "Reviewed by Directorate")
		frappe.db.set_value(doc.doctype, doc.name, "reply_due_on", add_days(now_datetime(), -1))
		self.assertEqual(self.up(doc, self.country.head, "Approved").status, "Approved")

	def test_nothing_is_deleted(self) -> None:
		doc = self.reported()
		self.act_as("Administrator")
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, doc.doctype, doc.name)

	def test_an_open_visit_follows_the_institution(self) -> None:
		home = factories.institution(self.here.district)
		self.act_as(self.here.chief)
		doc = visit(home.name, self.inspector)
		self.act_as("Administrator")
		home.reload()
		home.org_unit = self.there.district
		home.save()
		self.assertEqual(fresh(doc).org_unit, self.there.district)


class TestNotices(VisitTestCase):
	def told(self, doc) -> set[str]:
		return set(frappe.get_all("Notification Log", {"document_name": doc.name}, pluck="for_user"))

	def test_the_next_level_is_told(self) -> None:
		doc = self.reported()
		self.act_as("Administrator")
		self.assertLessEqual({self.manager, self.here.director}, self.told(doc))
		self.assertFalse(self.told(doc) & {self.there.director, self.there.chief})
		subjects = " ".join(frappe.get_all("Notification Log", {"document_name": doc.name}, pluck="subject"))
		self.assertNotIn("نظيف", subjects)

	def test_of_an_unannounced_visit_only_the_team_is_told(self) -> None:
		self.act_as(self.here.chief)
		doc = visit(self.here.institution, self.inspector, visit_kind="Unannounced")
		self.act_as("Administrator")
		self.assertEqual(self.told(doc), {self.inspector})
