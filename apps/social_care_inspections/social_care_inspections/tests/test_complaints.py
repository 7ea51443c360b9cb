"""Complaints: who handles them, who sees what, clocks, outcomes, and what nobody of the institution learns."""

import frappe
from frappe.utils import add_days, now_datetime, nowdate
from social_care.registry.file_review import FourEyesError
from social_care.tests import CountryTestCase, factories

from social_care_inspections.inspections import risk
from social_care_inspections.inspections.complaints import notices, places
from social_care_inspections.inspections.complaints.complaint import InstitutionComplaintError
from social_care_inspections.inspections.complaints.sender import ComplaintSenderError
from social_care_inspections.tests.cases import fresh, inspector, step, visit

COMPLAINT, SENDER = "Institution Complaint", "Complaint Sender"
DECISION = {"decision_reasons": "فُحصت السجلات", "answer": "شكرا لك، فُحصت الشكوى"}


class ComplaintCase(CountryTestCase):
	"""The manager of the district takes complaints about its institution; the directorate is above him."""

	def setUp(self) -> None:
		super().setUp()
		self.manager = factories.staff("Social Administration Manager", self.here.district)
		self.act_as(self.manager)

	def complaint(self, user: str | None = None, **values):
		self.act_as(user or self.manager)
		base = {"doctype": COMPLAINT, "institution": self.here.institution, "channel": "Telephone"}
		base |= {"complaint_kind": "Care and Food", "description": "zq الطعام قليل منذ أسبوع"}
		return frappe.get_doc(base | {"governorate": "01"} | values).insert()

	def examined(self, **values):
		return step(self.complaint(**values), "In Examination")

	def home(self) -> str:
		user = frappe.session.user
		self.act_as("Administrator")
		name = factories.institution(self.here.district).name
		frappe.db.set_value("Institution", name, {"grade": "A", "last_visit_date": nowdate()})
		self.act_as(user)
		return name

	def sees(self, user: str, doc) -> bool:
		self.act_as(user)
		able = frappe.has_permission(doc.doctype, "read")
		return able and bool(frappe.get_list(doc.doctype, {"name": doc.name}))


class TestPlace(ComplaintCase):
	def test_the_supervising_unit_handles_it(self) -> None:
		doc = self.complaint()
		self.assertEqual((doc.org_unit, doc.status, doc.is_anonymous), (self.here.district, "Received", 1))
		for user, seen in (
			(self.manager, True),
			(self.here.chief, True),
			(self.country.head, True),
			(self.here.director, False),
			(self.here.entry, False),
			(self.there.chief, False),
		):
			self.assertEqual(self.sees(user, doc), seen, user)

	def test_one_about_its_handler_goes_one_level_up_out_of_his_sight(self) -> None:
		doc = self.complaint(user=self.here.chief, against_unit=self.here.district)
		self.assertEqual(doc.org_unit, self.here.directorate)
		self.assertFalse(self.sees(self.manager, doc))
		self.assertTrue(self.sees(self.here.chief, doc))
		above = self.complaint(user=self.country.head, against_unit=self.here.directorate)
		self.assertEqual(above.org_unit, "HQ")
		for user in (self.manager, self.here.chief):
			self.assertFalse(self.sees(user, above))
		self.assertTrue(self.sees(self.country.head, above))

	def test_that_an_office_is_complained_of_comes_out_later(self) -> None:
		doc = self.examined(user=self.here.chief)
		self.act_as(self.country.head)
		doc = fresh(doc)
		doc.against_unit = self.here.district
		doc.save()
		self.assertEqual(fresh(doc).org_unit, self.here.directorate)
		self.assertFalse(self.sees(self.manager, doc))

	def test_where_it_goes(self) -> None:
		unit = places.handling_unit
		here = self.here
		self.assertEqual(unit(here.institution, None, None), here.district)
		self.assertEqual(unit(here.institution, None, here.district), here.directorate)
		self.assertEqual(unit(here.institution, None, here.directorate), "HQ")
		self.assertEqual(unit(here.institution, None, self.there.district), self.there.directorate)
		self.assertEqual(unit(None, None, "HQ"), "HQ")
		level = frappe.db.get_value("Org Unit", unit(None, "01", None), "level")
		self.assertIn(level, ("Directorate", "Headquarters"))

	def test_nobody_handles_one_about_his_own_office(self) -> None:
		doc = self.complaint()
		self.act_as("Administrator")
		factories.assign_unchecked(self.manager, "Institution Entry User", institution=self.here.institution)
		self.act_as(self.manager)
		self.assertRefused(FourEyesError, step, doc, "In Examination")
		self.assertRefused(FourEyesError, self.complaint)

	def test_who_enters_one(self) -> None:
		for user in (self.here.director, self.here.entry, self.there.chief):
			self.assertRefused(frappe.PermissionError, self.complaint, user=user)
		box = self.complaint(user=self.here.officer, channel="Complaint Box", box_opened_on=nowdate())
		self.assertEqual(box.channel, "Complaint Box")
		later = add_days(nowdate(), 1)
		self.assertRefused(InstitutionComplaintError, self.complaint, box_opened_on=later)
		self.assertRefused(InstitutionComplaintError, self.complaint, channel="Public Page")
		self.assertRefused(InstitutionComplaintError, self.complaint, outcome="Unfounded")


class TestInstitution(ComplaintCase):
	def test_it_is_asked_by_a_text_of_its_own(self) -> None:
		doc = self.examined()
		doc.ask_institution = 1
		self.assertRefused(InstitutionComplaintError, doc.save)
		doc = fresh(doc)
		doc.update({"ask_institution": 1, "text_for_institution": "ما نظام الوجبات هذا الشهر؟"})
		doc.save()
		self.assertTrue(self.sees(self.here.director, doc))
		seen = fresh(doc)
		seen.apply_fieldlevel_read_permissions()
		self.assertEqual(seen.text_for_institution, "ما نظام الوجبات هذا الشهر؟")
		for hidden in ("description", "channel", "examination_notes", "content_editors", "institution"):
			self.assertFalse(seen.get(hidden), hidden)
		reply = fresh(doc)
		reply.institution_reply = "ثلاث وجبات يوميا"
		reply.save()
		self.act_as(self.manager)
		self.assertEqual(fresh(doc).replied_by, self.here.director)
		self.assertIn("zq", fresh(doc).description)

	def test_it_writes_its_reply_and_nothing_else(self) -> None:
		doc = self.examined()
		doc.update({"ask_institution": 1, "text_for_institution": "س"})
		doc.save()
		self.act_as(self.here.director)
		for status in ("Decided", "Closed"):
			self.assertRefused((frappe.PermissionError, frappe.ValidationError), step, doc, status)
		doc = fresh(doc)
		doc.text_for_institution = "ص"
		self.assertRefused((frappe.PermissionError, frappe.ValidationError), doc.save)

	def test_never_where_abuse_is_alleged(self) -> None:
		doc = self.examined(abuse_alleged=1)
		doc.update({"ask_institution": 1, "text_for_institution": "س"})
		self.assertRefused(InstitutionComplaintError, doc.save)
		doc = self.examined()
		doc.update({"ask_institution": 1, "text_for_institution": "س"})
		doc.save()
		doc = fresh(doc)
		doc.update({"abuse_alleged": 1, "ask_institution": 0})
		doc.save()
		self.assertFalse(self.sees(self.here.director, doc))
		self.act_as(self.manager)
		doc = fresh(doc)
		doc.abuse_alleged = 0
		self.assertRefused(InstitutionComplaintError, doc.save)


class TestSender(ComplaintCase):
	def sender(self, doc, user: str | None = None, **values):
		self.act_as(user or self.manager)
		base = {"doctype": SENDER, "institution_complaint": doc.name, "sender_kind": "Citizen"}
		return frappe.get_doc(base | {"full_name": "سعاد محمود"} | values).insert()

	def test_stands_apart_and_without_versions(self) -> None:
		doc = self.complaint()
		sender = self.sender(doc, telephone="01007654321")
		self.assertEqual(frappe.db.get_value(COMPLAINT, doc.name, "is_anonymous"), 0)
		sender.full_name = "سعاد محمود علي"
		sender.save()
		self.assertFalse(frappe.db.exists("Version", {"ref_doctype": SENDER, "docname": sender.name}))
		for user, seen in (
			(self.here.chief, True),
			(self.here.director, False),
			(self.there.chief, False),
			(self.here.entry, False),
		):
			self.assertEqual(self.sees(user, sender), seen, user)

	def test_not_even_once_the_institution_was_asked(self) -> None:
		doc = self.examined()
		sender = self.sender(doc)
		doc = fresh(doc)
		doc.update({"ask_institution": 1, "text_for_institution": "س"})
		doc.save()
		self.assertFalse(self.sees(self.here.director, sender))
		self.act_as(self.here.director)
		self.assertFalse(frappe.has_permission(SENDER, "read", doc=sender.name))

	def test_a_child_and_a_name(self) -> None:
		doc = self.complaint(channel="Complaint Box")
		self.act_as("Administrator")
		child = factories.child(self.here.institution).name
		self.act_as(self.manager)
		self.assertRefused(ComplaintSenderError, self.sender, doc, full_name=None)
		self.assertRefused(ComplaintSenderError, self.sender, doc, child=child)
		kind = {"sender_kind": "Child of the Institution", "full_name": None}
		self.assertEqual(self.sender(doc, child=child, **kind).child, child)
		self.assertRefused(frappe.PermissionError, self.sender, doc, user=self.there.chief)


class TestSteps(ComplaintCase):
	def test_clocks_and_who_is_told(self) -> None:
		doc = self.complaint(user=self.here.officer, abuse_alleged=1)
		hours = (doc.triage_due_on - now_datetime()).total_seconds() / 3600
		self.assertTrue(3.9 < hours <= 4)
		rows = frappe.get_all("Notification Log", {"document_name": doc.name}, ["for_user", "subject"])
		told = {row.for_user for row in rows}
		self.assertLessEqual({self.manager, self.here.chief, self.country.head}, told)
		self.assertFalse(told & {self.here.director, self.there.chief})
		self.assertNotIn("الطعام", rows[0].subject)
		frappe.db.set_value(COMPLAINT, doc.name, "triage_due_on", add_days(now_datetime(), -1))
		self.act_as(self.manager)
		self.assertEqual(step(doc, "In Examination").triaged_late, 1)

	def test_a_late_one_is_told_above_once(self) -> None:
		doc = self.complaint()
		frappe.db.set_value(COMPLAINT, doc.name, "triage_due_on", add_days(now_datetime(), -1))
		self.act_as("Administrator")
		self.assertGreater(notices.tell_of_late(), 0)
		self.assertEqual(notices.tell_of_late(), 0)
		told = frappe.get_all(
			"Notification Log", {"document_name": doc.name, "subject": ["like", "%موعدها%"]}, pluck="for_user"
		)
		self.assertEqual(told.count(self.here.chief), 1)
		self.assertNotIn(self.here.director, told)

	def test_a_decision_has_reasons_an_answer_and_what_it_led_to(self) -> None:
		doc = self.examined()
		self.assertRefused(InstitutionComplaintError, step, doc, "Decided", outcome="Unfounded")
		self.assertRefused(
			InstitutionComplaintError, step, doc, "Decided", outcome="Visit Ordered", **DECISION
		)
		team = inspector(self.here.directorate)
		made = visit(self.here.institution, team, visit_kind="Report Received").name
		other = visit(self.home(), team).name
		way = {"outcome": "Visit Ordered"} | DECISION
		self.assertRefused(InstitutionComplaintError, step, doc, "Decided", institution_visit=other, **way)
		doc = step(doc, "Decided", institution_visit=made, **way)
		self.assertEqual(doc.decided_by, self.manager)
		self.assertRefused(InstitutionComplaintError, step, doc, "Closed", closing_note="تمت")
		frappe.db.set_value("Institution Visit", made, "status", "Completed")
		self.assertEqual(step(doc, "Closed", closing_note="تمت الزيارة").closed_by, self.manager)

	def test_every_outcome_asks_for_its_record(self) -> None:
		doc = self.examined()
		for outcome in ("Visit Ordered", "Violation Recorded", "Rapid Intervention", "Referral"):
			self.assertRefused(InstitutionComplaintError, step, doc, "Decided", outcome=outcome, **DECISION)
		referred = {"outcome": "Referral", "referral_authority": "نيابة الطفل", "referral_number": "12"}
		self.assertEqual(step(doc, "Decided", **referred, **DECISION).status, "Decided")

	def test_that_abuse_is_unfounded_says_somebody_else(self) -> None:
		doc = self.examined(abuse_alleged=1)
		way = {"outcome": "Unfounded"} | DECISION
		self.assertRefused(FourEyesError, step, doc, "Decided", **way)
		self.act_as(self.here.chief)
		doc = step(doc, "Decided", **way)
		self.assertRefused(FourEyesError, step, doc, "In Examination", return_reason="ظهر جديد")
		self.act_as(self.country.head)
		self.assertEqual(step(doc, "In Examination", return_reason="ظهر جديد").status, "In Examination")

	def test_what_was_decided_is_not_rewritten_and_nothing_deleted(self) -> None:
		doc = step(self.examined(), "Decided", outcome="Unfounded", **DECISION)
		doc.description = "غير ذلك"
		self.assertRefused(InstitutionComplaintError, doc.save)
		self.act_as("Administrator")
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, COMPLAINT, doc.name)


class TestRisk(ComplaintCase):
	def risk_of(self, name: str) -> risk.Risk:
		self.act_as(self.here.chief)
		return risk.risks(risk.institutions(name=name))[name]

	def test_complaints_count_with_their_reason_until_unfounded(self) -> None:
		name = self.home()
		doc = self.examined(institution=name)
		reason = frappe._("Complaints: {0}").format(1)
		self.assertEqual(self.risk_of(name), risk.Risk(5, [reason]))
		self.complaint(institution=name, abuse_alleged=1)
		self.assertEqual(self.risk_of(name).points, 25)
		self.complaint(user=self.here.chief, institution=name, against_unit=self.here.district)
		self.assertEqual(self.risk_of(name).points, 25)
		self.act_as(self.manager)
		step(doc, "Decided", outcome="Unfounded", **DECISION)
		self.assertEqual(self.risk_of(name).points, 20)
		frappe.db.set_value(COMPLAINT, {"institution": name}, "received_on", add_days(now_datetime(), -400))
		self.assertEqual(self.risk_of(name).points, 0)
