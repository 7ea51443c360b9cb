"""Penalties: from «proven» only, by whatever door; opinion, decision, appeal, execution; exclusion of workers."""

import csv
import io

import frappe
from frappe.core.doctype.data_import.importer import Importer
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate, nowdate
from social_care.registry.file_review import FourEyesError
from social_care.tests import factories

from social_care_inspections.inspections.violations.penalty import ViolationPenaltyError
from social_care_inspections.inspections.violations.record import ViolationRecordError
from social_care_inspections.inspections.violations.worker import InstitutionWorkerError
from social_care_inspections.tests.cases import fresh, step
from social_care_inspections.tests.violation_cases import ViolationTestCase, decision

APPEAL = {"appeal_text": "صُححت المخالفة قبل القرار"}
ANSWER = {"appeal_result": "Upheld", "appeal_reasons": "لا جديد في التظلم"}


class StatesCase(ViolationTestCase):
	def records(self) -> dict:
		"""A violation in each state but «Proven»."""
		closed = self.by(self.here.chief, self.investigated(), "Not Proven")
		penalised = self.proven()
		self.decided(penalised.name)
		return {
			"Observed": self.violation(),
			"In Investigation": self.investigated(),
			"Not Proven": self.by(self.here.chief, self.investigated(), "Not Proven"),
			"Penalised": penalised,
			"Closed": self.by(self.country.head, closed, "Closed", closing_note="حُفظت"),
		}


class TestOnlyFromProven(StatesCase):
	def test_by_form_and_by_api(self) -> None:
		for status, record in self.records().items():
			self.assertEqual(self.state(record), status)
			for user in (self.here.chief, self.country.head, self.control):
				self.act_as(user)
				values = self.penalty_values(record.name)
				self.assertRefused(ViolationPenaltyError, frappe.get_doc(values).insert)
				forged = frappe.get_doc(values | {"status": "Decided", **decision()})
				self.assertRefused(ViolationPenaltyError, forged.insert)

	def test_by_the_workflow_of_the_violation(self) -> None:
		"""Also where an administrator has drawn a way around «Proven» into it."""
		self.act_as("Administrator")
		workflow = frappe.get_doc("Workflow", "Violation Record")
		for state in ("Observed", "In Investigation", "Proven"):
			for target in ("Penalised", "Executed"):
				way = {"state": state, "action": "Close Violation", "next_state": target}
				workflow.append("transitions", way | {"allowed": "Central Administration Head"})
		workflow.save()
		self.addCleanup(frappe.clear_cache, doctype="Violation Record")
		for make in (self.violation, self.investigated, self.proven):
			record = make()
			self.act_as(self.country.head)
			self.assertRefused(ViolationRecordError, apply_workflow, fresh(record), "Close Violation")
			for state in ("Penalised", "Executed", "Under Appeal"):
				self.assertRefused((frappe.PermissionError, ViolationRecordError), step, record, state)

	def test_nor_by_the_penaltys_own_when_the_violation_is_no_longer_proven(self) -> None:
		penalty = self.penalty(self.proven().name)
		frappe.db.set_value("Violation Record", penalty.violation_record, "status", "In Investigation")
		self.assertRefused(ViolationPenaltyError, step, penalty, "Before the Legal Adviser")
		self.act_as(self.country.head)
		self.assertRefused(ViolationPenaltyError, apply_workflow, fresh(penalty), "Decide on Penalty")

	def test_nor_by_moving_it_to_another_violation(self) -> None:
		penalty = self.penalty(self.proven().name)
		other = self.violation()
		self.act_as(self.here.chief)
		penalty = fresh(penalty)
		penalty.violation_record = other.name
		self.assertRefused(frappe.ValidationError, penalty.save)


class TestImport(StatesCase):
	keeps_rows = True  # an import commits, and rolls back what it could not make

	def test_by_import(self) -> None:
		self.addCleanup(frappe.flags.update, {"in_import": False})
		records = self.records()
		proven = self.proven()
		frappe.db.commit()
		self.act_as(self.country.head)
		for status, record in records.items():
			self.assertEqual(self.imported(record.name), 0, status)
		self.assertEqual(self.imported(proven.name), 1)

	def imported(self, record: str) -> int:
		"""Penalties that an import of one row has made of a violation."""
		lines = io.StringIO()
		writer = csv.writer(lines)
		writer.writerow(
			["Violation Record", "Penalty", "Against", "Law or Decree (Legal Basis)", "Article (Legal Basis)"]
		)
		writer.writerow([record, "PE-01", "Institution", "قانون 149 لسنة 2019", "22"])
		file = frappe.get_doc(
			{
				"doctype": "File",
				"file_name": f"{frappe.generate_hash(length=8)}.csv",
				"content": lines.getvalue(),
				"is_private": 1,
			}
		).insert(ignore_permissions=True)
		data_import = frappe.new_doc("Data Import")
		data_import.update(
			{
				"reference_doctype": "Violation Penalty",
				"import_type": "Insert New Records",
				"import_file": file.file_url,
				"mute_emails": 1,
			}
		)
		data_import.insert(ignore_permissions=True)
		before = frappe.db.count("Violation Penalty", {"violation_record": record})
		Importer("Violation Penalty", data_import=data_import).import_data()
		return frappe.db.count("Violation Penalty", {"violation_record": record}) - before


class TestDecision(ViolationTestCase):
	def test_all_the_way(self) -> None:
		record = self.proven()
		penalty = self.decided(record.name)
		self.assertEqual((penalty.decided_by, self.state(record)), (self.country.head, "Penalised"))
		self.assertEqual(getdate(penalty.appeal_due_on), getdate(add_days(nowdate(), 15)))
		self.act_as(self.here.chief)
		step(penalty, "Executed", executed_on=nowdate())
		self.assertEqual(self.state(record), "Executed")
		record = step(record, "Closed", closing_note="نُفذ الجزاء")
		self.assertEqual(record.closed_by, self.here.chief)

	def test_the_legal_adviser_first(self) -> None:
		record = self.proven().name
		closing = self.penalty(record, penalty_kind="PE-07")
		self.act_as(self.country.head)
		self.assertRefused(ViolationPenaltyError, step, closing, "Decided", **decision())
		warning = self.penalty(record)
		self.assertEqual(self.by(self.country.head, warning, "Decided", **decision()).status, "Decided")

	def test_a_legal_basis_and_a_number(self) -> None:
		bare = self.penalty(self.proven().name, legal_basis=[])
		self.assertRefused(ViolationPenaltyError, step, bare, "Before the Legal Adviser")
		penalty = self.by(self.here.chief, self.penalty(bare.violation_record), "Before the Legal Adviser")
		self.act_as(self.adviser)
		self.assertRefused(ViolationPenaltyError, step, penalty, "Opinion Given")
		penalty = step(penalty, "Opinion Given", legal_opinion="يجوز")
		self.act_as(self.country.head)
		for missing in decision():
			self.assertRefused(
				ViolationPenaltyError, step, penalty, "Decided", **(decision() | {missing: None})
			)

	def test_other_hands(self) -> None:
		penalty = self.penalty(self.proven().name)
		self.assertRefused(FourEyesError, step, penalty, "Decided", **decision())
		penalty = step(penalty, "Before the Legal Adviser")
		opinion = {"legal_opinion": "س"}
		self.assertRefused(ViolationPenaltyError, step, penalty, "Opinion Given", **opinion)
		penalty = self.by(self.adviser, penalty, "Opinion Given", legal_opinion="يجوز")
		by_adviser = (frappe.PermissionError, ViolationPenaltyError)
		self.assertRefused(by_adviser, step, penalty, "Decided", **decision())

	def test_the_kind_fits(self) -> None:
		record = self.proven().name
		self.assertRefused(ViolationPenaltyError, self.penalty, record, penalty_kind="PE-08")
		self.assertRefused(ViolationPenaltyError, self.penalty, record, target="Person")
		self.assertRefused(ViolationPenaltyError, self.penalty, record, amount=5000)
		self.assertEqual(self.penalty(record, penalty_kind="PE-09", amount=5000).amount, 5000)

	def test_the_institution_sees_it_from_the_decision_on(self) -> None:
		record = self.proven().name
		draft, decided = self.penalty(record), self.decided(record)
		self.act_as(self.here.director)
		self.assertEqual(
			frappe.get_list("Violation Penalty", {"violation_record": record}, pluck="name"), [decided.name]
		)
		self.assertFalse(frappe.has_permission("Violation Penalty", "read", doc=fresh(draft)))
		self.assertFalse(frappe.has_permission("Violation Record", "read", doc=record))
		self.act_as(self.there.director)
		self.assertFalse(frappe.get_list("Violation Penalty", {"violation_record": record}))


class TestAppeal(ViolationTestCase):
	def test_by_the_institution_in_its_time(self) -> None:
		record = self.proven()
		penalty = self.decided(record.name)
		self.act_as(self.here.director)
		self.assertRefused(ViolationPenaltyError, step, penalty, "Under Appeal")
		appealed = step(penalty, "Under Appeal", **APPEAL)
		self.assertEqual((appealed.appealed_by, self.state(record)), (self.here.director, "Under Appeal"))
		self.act_as(self.country.head)
		self.assertRefused(FourEyesError, step, appealed, "Decided", **ANSWER)
		self.act_as(self.control)
		self.assertRefused(ViolationPenaltyError, step, appealed, "Cancelled", **ANSWER)
		self.assertEqual(step(appealed, "Decided", **ANSWER).appeal_decided_by, self.control)
		self.assertEqual(self.state(record), "Penalised")

	def test_a_granted_appeal_cancels(self) -> None:
		record = self.proven()
		appealed = self.by(self.here.director, self.decided(record.name), "Under Appeal", **APPEAL)
		self.act_as(self.control)
		step(appealed, "Cancelled", appeal_result="Appeal Granted", appeal_reasons="قُبل التظلم")
		self.assertEqual(self.state(record), "Proven")

	def test_after_its_time(self) -> None:
		penalty = self.decided(self.proven().name)
		frappe.db.set_value(penalty.doctype, penalty.name, "appeal_due_on", add_days(nowdate(), -1))
		self.act_as(self.here.director)
		self.assertRefused(ViolationPenaltyError, step, penalty, "Under Appeal", **APPEAL)

	def test_no_closing_while_a_penalty_waits(self) -> None:
		record = self.proven()
		self.decided(record.name)
		self.act_as(self.country.head)
		self.assertRefused(ViolationRecordError, step, record, "Closed", closing_note="انتهى")


class TestExclusion(ViolationTestCase):
	def excluded(self, **values) -> dict:
		"""A worker who was excluded for abuse."""
		number = factories.national_number("1980-05-05")
		accused = {"accused_name": f"سعيد {factories.letters()} محمود", "accused_job": "مشرف"}
		accused |= {"against": "Worker", "accused_number": number, **values}
		record = self.violation_of_abuse(accused)
		penalty = self.decided(record.name, penalty_kind="PE-08", target="Person")
		return {"number": number, "name": accused["accused_name"], "penalty": penalty}

	def violation_of_abuse(self, accused: dict):
		doc = self.violation(violation_type="AB-02", **accused)
		doc = self.by(self.inspector, doc, "In Investigation")
		doc.update(
			{
				"investigation_report": "س",
				"hearing_on": nowdate(),
				"hearing_statement": "أنكر",
				"conclusion": "ثبتت بشهادة ثلاثة",
			}
		)
		doc.save()
		return self.by(self.here.chief, doc, "Proven")

	def worker(self, user: str, institution: str, **values):
		self.act_as(user)
		base = {"doctype": "Institution Worker", "institution": institution, "job": "مشرف"}
		base |= {"from_date": nowdate(), "full_name": f"هاني {factories.letters()}"}
		number = factories.national_number("1985-01-01")
		return frappe.get_doc(base | {"national_number": number} | values).insert()

	def test_any_other_institution_that_adds_him_is_warned(self) -> None:
		found = self.excluded()
		doc = self.worker(self.there.director, self.there.institution, national_number=found["number"])
		self.assertEqual(doc.clearance, "Barred")
		self.assertIn(
			frappe._("This person was excluded from work in care by a decision; ask the directorate."),
			self.messages(),
		)
		self.assertNotIn("AB-02", self.messages())
		told = set(frappe.get_all("Notification Log", {"document_name": doc.name}, pluck="for_user"))
		self.assertIn(self.there.chief, told)
		self.assertFalse(frappe.has_permission("Barred Worker", "read"))
		doc.clearance = "No Objection"
		doc.save()
		self.assertEqual(fresh(doc).clearance, "Barred")

	def test_of_one_name_alone_the_directorate_decides(self) -> None:
		found = self.excluded()
		doc = self.worker(
			self.there.director, self.there.institution, full_name=found["name"].replace("أ", "ا")
		)
		self.assertEqual(doc.clearance, "Possible Match")
		doc.clearance_note = "شخص آخر"
		self.assertRefused(frappe.PermissionError, doc.save)
		self.act_as(self.there.chief)
		doc = fresh(doc)
		doc.clearance_note = "رقم قومي مختلف وصورة مختلفة"
		doc.save()
		self.assertEqual((doc.clearance, doc.cleared_by), ("No Objection", self.there.chief))

	def test_who_works_there_already_is_marked(self) -> None:
		number = factories.national_number("1980-05-05")
		doc = self.worker(self.there.director, self.there.institution, national_number=number)
		self.assertEqual(doc.clearance, "No Objection")
		accused = {
			"against": "Worker",
			"accused_name": "سعيد",
			"accused_job": "مشرف",
			"accused_number": number,
		}
		record = self.violation_of_abuse(accused)
		self.decided(record.name, penalty_kind="PE-08", target="Person")
		self.assertEqual(frappe.db.get_value(doc.doctype, doc.name, "clearance"), "Barred")

	def test_his_account_gets_no_office(self) -> None:
		self.act_as("Administrator")
		user = factories.user("barred").name
		self.excluded(accused_user=user)
		self.act_as("Administrator")
		self.assertRefused(
			frappe.ValidationError,
			factories.assign,
			user,
			"Institution Social Worker",
			institution=self.there.institution,
		)

	def test_after_a_granted_appeal_nobody_is_excluded(self) -> None:
		found = self.excluded()
		appealed = self.by(self.here.director, found["penalty"], "Under Appeal", **APPEAL)
		self.act_as(self.control)
		step(appealed, "Cancelled", appeal_result="Appeal Granted", appeal_reasons="قُبل")
		doc = self.worker(self.there.director, self.there.institution, national_number=found["number"])
		self.assertEqual(doc.clearance, "No Objection")

	def test_who_enters_workers(self) -> None:
		self.assertRefused(frappe.PermissionError, self.worker, self.there.director, self.here.institution)
		self.assertRefused(frappe.PermissionError, self.worker, self.inspector, self.here.institution)
		self.assertRefused(
			InstitutionWorkerError,
			self.worker,
			self.here.director,
			self.here.institution,
			to_date=add_days(nowdate(), -1),
		)
