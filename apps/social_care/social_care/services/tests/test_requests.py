"""The life of a request, as the roles that may and may not."""

import frappe
from frappe.utils import add_days, nowdate

from social_care.api.services import withdraw_certificate
from social_care.registry.national_number import NationalNumberError
from social_care.services import versions
from social_care.services.runtime.beginning import NotOfferedError
from social_care.services.runtime.documents import DocumentError
from social_care.services.runtime.form import FormError
from social_care.services.runtime.four_eyes import FourEyesError
from social_care.services.runtime.rules import WaiverError
from social_care.services.runtime.steps import StepError
from social_care.services.tests.cases import VISIT, ServiceTestCase, StepsTestCase
from social_care.tests import factories


class TestBeginning(ServiceTestCase):
	def test_a_new_request_has_version_receipt_state_and_day(self) -> None:
		self.act_as(self.worker)
		doc = self.visit().insert()
		self.assertEqual(
			(doc.service, doc.pack_version, doc.status),
			(VISIT, versions.published_version(VISIT), "Request Received"),
		)
		self.assertEqual(doc.channel, "Institution")
		receipt = frappe.get_doc("Service Receipt", doc.receipt)
		self.assertEqual((receipt.requests, receipt.phone_key), (1, "1001234567"))
		self.assertGreater(str(doc.due_on), nowdate())
		self.assertEqual([row.state for row in doc.clock], ["Request Received"])

	def test_what_a_client_sends_for_system_fields_is_dropped(self) -> None:
		self.act_as(self.worker)
		doc = self.visit(
			status="Permit Granted", pack_version=99, decided_by=self.worker, priority_points=5
		).insert()
		self.assertEqual(
			(doc.status, doc.pack_version, doc.decided_by, doc.priority_points),
			("Request Received", versions.published_version(VISIT), None, 0),
		)
		doc.due_on, doc.overdue = add_days(nowdate(), 500), 1
		doc.save()
		doc.reload()
		self.assertLess(str(doc.due_on), add_days(nowdate(), 30))
		self.assertFalse(doc.overdue)

	def test_a_request_is_never_taken_out_of_sight(self) -> None:
		"""Without its office, or the child, nobody but whoever holds the other link would find it."""
		self.act_as(self.worker)
		doc = self.visit(child=self.child(self.here.institution)).insert()
		for field in ("org_unit", "institution", "child"):
			doc.reload()
			doc.set(field, None)
			self.assertRefused((NotOfferedError, frappe.PermissionError), doc.save)
		self.act_as(self.here.chief)
		self.assertTrue(frappe.has_permission(doc.doctype, doc=doc.name))

	def test_missing_fields_are_named_in_one_sentence(self) -> None:
		self.act_as(self.worker)
		error = self.assertRefused(
			FormError, self.visit(permit_kind="Overnight Stay", stay_address="").insert
		)
		for label in ("To Day", "Address during the Stay", "People Living at the Address"):
			self.assertIn(frappe._(label), str(error))

	def test_a_value_that_breaks_its_condition_is_explained(self) -> None:
		self.act_as(self.worker)
		error = self.assertRefused(FormError, self.visit(visit_from=add_days(nowdate(), -3)).insert)
		self.assertIn("begins on the day of the request", str(error))

	def test_an_option_that_is_not_in_the_list_is_refused(self) -> None:
		self.act_as(self.worker)
		self.assertRefused(frappe.ValidationError, self.visit(relation_to_child="Neighbour").insert)

	def test_the_national_number_gives_birth_date_sex_and_person(self) -> None:
		self.act_as(self.worker)
		number = factories.national_number("1980-05-17", "Female")
		doc = self.visit(applicant_national_number=number, applicant_birth_date="1999-01-01").insert()
		self.assertEqual((str(doc.applicant_birth_date), doc.applicant_sex), ("1980-05-17", "Female"))
		again = self.visit(applicant_national_number=number, applicant_name="سعاد محمود").insert()
		self.assertEqual(doc.person, again.person)
		other = self.visit(applicant_national_number=number, applicant_name="منى فؤاد سالم").insert()
		self.assertIsNone(other.person)

	def test_a_wrong_national_number_is_refused(self) -> None:
		self.act_as(self.worker)
		self.assertRefused(NationalNumberError, self.visit(applicant_national_number="123").insert)

	def test_another_directorate_neither_makes_nor_sees_it(self) -> None:
		self.act_as(self.worker_there)
		self.assertRefused(frappe.PermissionError, self.visit().insert)
		self.act_as(self.worker)
		name = self.visit().insert().name
		self.act_as(self.worker_there)
		self.assertFalse(frappe.has_permission("Family Visit Permit Request", doc=name))
		self.assertNotIn(name, frappe.get_list("Family Visit Permit Request", pluck="name"))

	def test_a_suspended_service_takes_none(self) -> None:
		frappe.db.set_value("Service", VISIT, "status", "Suspended")
		frappe.clear_document_cache("Service", VISIT)
		self.addCleanup(frappe.clear_document_cache, "Service", VISIT)
		self.act_as(self.worker)
		self.assertRefused(NotOfferedError, self.visit().insert)

	def test_a_receipt_of_another_applicant_is_not_taken(self) -> None:
		self.act_as(self.worker)
		receipt = self.visit().insert().receipt
		second = self.visit(receipt=receipt, permit_kind="Visit at the Institution").insert()
		self.assertEqual(frappe.db.get_value("Service Receipt", receipt, "requests"), 2)
		self.assertEqual(second.receipt, receipt)
		self.assertRefused(NotOfferedError, self.visit(receipt=receipt, applicant_name="علي عمر").insert)

	def test_what_follows_a_receipt_without_an_account_is_the_systems(self) -> None:
		self.act_as(self.worker)
		receipt = frappe.get_doc("Service Receipt", self.visit().insert().receipt)
		receipt.update({"secret_digest": "f" * 64, "page_key": "e" * 64, "channel": "Citizen"})
		receipt.save()
		receipt.reload()
		self.assertEqual(
			(receipt.secret_digest, receipt.page_key, receipt.channel), (None, None, "Institution")
		)

	def test_a_request_is_not_deleted(self) -> None:
		doc = self.visit().insert()
		self.assertRefused(frappe.PermissionError, doc.delete)


class TestSteps(StepsTestCase):
	def test_the_path_to_a_permit(self) -> None:
		self.to_decision()
		self.act_as(self.here.chief)
		self.move(self.doc, "Permit Granted")
		self.assertEqual(self.doc.decided_by, self.here.chief)
		paper = frappe.get_all(
			"Service Certificate", filters={"request": self.doc.name}, fields=["name", "state", "output_kind"]
		)
		self.assertEqual([(row.state, row.output_kind) for row in paper], [("Valid", "Permit")])
		self.assertRegex(paper[0].name, r"^SC-07-\d\d-[0-9A-Z]{8}$")
		states = [row.state for row in self.doc.clock]
		self.assertEqual(states, ["Request Received", "Under Study", "Before Decision", "Permit Granted"])
		self.assertTrue(all(row.left_on for row in self.doc.clock[:-1]))

	def test_what_was_issued_is_withdrawn_once_by_whoever_may_issue_it(self) -> None:
		self.to_decision()
		self.act_as(self.here.chief)
		self.move(self.doc, "Permit Granted")
		number = frappe.db.get_value("Service Certificate", {"request": self.doc.name})
		for user in (self.worker, self.there.chief, "Guest"):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, withdraw_certificate, number, "خطأ")
		self.act_as(self.here.chief)
		self.assertRefused(frappe.ValidationError, withdraw_certificate, number, " ")
		withdraw_certificate(number, "خطأ في التاريخ")
		self.assertRefused(frappe.ValidationError, withdraw_certificate, number, "مرة أخرى")
		row = frappe.db.get_value("Service Certificate", number, ["state", "withdrawal_reason"], as_dict=True)
		self.assertEqual(row, {"state": "Withdrawn", "withdrawal_reason": "خطأ في التاريخ"})

	def test_a_step_that_the_workflow_does_not_have_is_refused(self) -> None:
		self.assertRefused(frappe.ValidationError, self.move, self.doc, "Permit Granted")

	def test_papers_are_asked_for(self) -> None:
		self.move(self.doc, "Under Study")
		error = self.assertRefused(
			StepError, self.move, self.doc, "Before Decision", child_view="نعم", social_worker_opinion="Agree"
		)
		self.assertIn(frappe._("Proof of Kinship"), str(error))

	def test_staffs_findings_are_asked_for_when_the_study_ends(self) -> None:
		self.move(self.doc, "Under Study")
		self.hand_in(self.doc)
		self.assertRefused(FormError, self.move, self.doc, "Before Decision")

	def test_papers_that_nobody_looked_at_stop_the_decision(self) -> None:
		self.study()
		self.hand_in(self.doc, state="Handed In")
		self.move(self.doc, "Before Decision")
		self.act_as(self.here.chief)
		self.assertRefused(StepError, self.move, self.doc, "Permit Granted")

	def test_a_role_of_another_place_takes_no_step(self) -> None:
		self.to_decision()
		self.act_as(self.there.chief)
		self.assertRefused(frappe.PermissionError, self.move, self.doc, "Permit Granted")

	def test_whoever_entered_does_not_decide(self) -> None:
		self.act_as(self.here.chief)
		self.assertRefused(frappe.PermissionError, self.visit().insert)  # he may not create either
		self.to_chief_own()
		self.assertRefused(FourEyesError, self.move, self.doc, "Permit Granted")

	def to_chief_own(self) -> None:
		self.act_as(self.worker)
		self.to_decision()
		frappe.db.set_value(self.doc.doctype, self.doc.name, "owner", self.here.chief)
		self.act_as(self.here.chief)

	def test_a_refusal_needs_a_reason_and_may_be_appealed(self) -> None:
		self.to_decision()
		self.act_as(self.here.chief)
		self.assertRefused(StepError, self.move, self.doc, "Refused")
		self.move(self.doc, "Refused", reason="رأي الابن")
		self.act_as(self.worker)
		self.assertRefused(StepError, self.move, self.doc, "Appeal under Review")
		self.move(self.doc, "Appeal under Review", reason="تغير رأي الابن")
		self.assertIsNone(self.doc.closed_on)

	def test_a_condition_that_fails_stops_and_its_waiver_is_signed(self) -> None:
		self.doc.relation_to_child = "Not Related"
		self.doc.save()
		self.to_decision()
		self.act_as(self.here.chief)
		self.assertRefused(StepError, self.move, self.doc, "Permit Granted")
		self.waive("relative_or_directorate", "أسرة معروفة للمؤسسة")
		row = next(row for row in self.doc.rule_results if row.rule_code == "relative_or_directorate")
		self.assertEqual((row.outcome, row.waived_by), ("Waived", self.here.chief))
		self.move(self.doc, "Permit Granted")

	def waive(self, code: str, reason: str) -> None:
		self.doc.reload()
		next(row for row in self.doc.rule_results if row.rule_code == code).waiver_reason = reason
		self.doc.save()

	def test_a_condition_is_not_waived_by_whom_the_pack_does_not_name(self) -> None:
		self.doc.relation_to_child = "Not Related"
		self.doc.save()
		self.assertRefused(WaiverError, self.waive, "relative_or_directorate", "أعرفها")

	def test_a_client_cannot_write_the_answers_of_conditions(self) -> None:
		self.doc.relation_to_child = "Not Related"
		self.doc.save()
		for row in self.doc.rule_results:
			row.outcome, row.waived_by = "Passes", self.worker
		self.doc.save()
		outcomes = {row.rule_code: row.outcome for row in self.doc.rule_results}
		self.assertEqual(outcomes["relative_or_directorate"], "May Be Waived")

	def test_a_paper_is_waived_with_a_reason_by_whom_the_pack_names(self) -> None:
		self.assertRefused(DocumentError, self.hand_in, self.doc, "Waived", ("kinship_proof",))

	def test_waiting_for_the_applicant_moves_the_day(self) -> None:
		due = self.doc.due_on
		self.move(self.doc, "Under Study")
		self.move(self.doc, "Waiting for the Applicant", reason="صورة البطاقة غير واضحة")
		self.assertEqual(self.doc.clock[-1].kind, "Waiting")
		frappe.db.set_value(
			"Service Clock Entry", self.doc.clock[-1].name, "entered_on", add_days(nowdate(), -14)
		)
		self.move(self.doc, "Under Study")
		self.assertGreaterEqual(self.doc.paused_days, 8)
		self.assertGreater(str(self.doc.due_on), str(due))

	def test_after_the_decision_the_request_is_not_edited(self) -> None:
		self.to_decision()
		self.act_as(self.here.chief)
		self.move(self.doc, "Permit Granted")
		self.act_as(self.worker)
		self.doc.reload()
		self.doc.stay_address = "غيره"
		self.assertRefused(frappe.PermissionError, self.doc.save)


class TestOverdue(ServiceTestCase):
	def test_a_day_that_has_passed_is_marked_and_told(self) -> None:
		from social_care.services.runtime import overdue

		self.act_as(self.worker)
		doc = self.visit().insert()
		frappe.db.set_value(doc.doctype, doc.name, "due_on", add_days(nowdate(), -1))
		self.act_as("Administrator")
		self.assertIn(doc.name, overdue._late(doc.doctype))
		overdue._mark_one(doc.doctype, doc.name)
		self.assertNotIn(doc.name, overdue._late(doc.doctype))
		told = frappe.get_all("Notification Log", filters={"document_name": doc.name}, pluck="for_user")
		self.assertEqual(told.count(self.here.chief), 1)
		self.assertFalse({self.there.chief, self.worker, self.worker_there} & set(told))

	def test_one_that_cannot_be_marked_does_not_hold_up_the_others(self) -> None:
		from social_care.services.runtime import overdue

		self.act_as(self.worker)
		broken, whole = (self.visit().insert() for _number in range(2))
		yesterday = add_days(nowdate(), -1)
		for doc in (broken, whole):
			frappe.db.set_value(doc.doctype, doc.name, "due_on", yesterday)
		frappe.db.set_value(broken.doctype, broken.name, "status", "No State of This Version")
		self.act_as("Administrator")
		marked = overdue.mark_chunk(broken.doctype, overdue._late(broken.doctype))
		self.assertEqual(frappe.db.get_value(whole.doctype, whole.name, "overdue"), 1)
		self.assertEqual(frappe.db.get_value(broken.doctype, broken.name, "overdue"), 0)
		self.assertGreaterEqual(marked, 1)
		self.assertNotIn(broken.name, overdue._late(broken.doctype, after=broken.name))
