"""Audits of accessibility: a tool of their own, no grade of the institution, buildings that conform, remedial works."""

import frappe
from frappe.utils import add_days, nowdate
from social_care.tests import factories

from social_care_inspections.inspections.actions import proposals
from social_care_inspections.inspections.doctype.institution_visit.institution_visit import (
	InstitutionVisitError,
)
from social_care_inspections.inspections.report.accessibility_of_buildings import (
	accessibility_of_buildings as report,
)
from social_care_inspections.inspections.visits.checklist import tool_for
from social_care_inspections.inspections.visits.prints import result_of
from social_care_inspections.tests.cases import VisitTestCase, completed, fresh, step, visit

AUDIT, TOOL = {"visit_kind": "Accessibility Audit"}, "ACCESS-18-1"


class AuditCase(VisitTestCase):
	def home(self) -> str:
		self.act_as("Administrator")
		name = factories.institution(self.here.district).name
		frappe.db.set_value("Institution", name, "grade", "B")
		return name

	def audited(self, home: str, score: int = 3, **scores):
		self.act_as(self.here.chief)
		return step(completed(home, self.inspector, score, scores, **AUDIT), "Reported")

	def approved(self, home: str, score: int = 3, **scores):
		doc = self.audited(home, score, **scores)
		frappe.db.set_value(doc.doctype, doc.name, "reply_due_on", add_days(nowdate(), -1))
		self.act_as(self.manager)
		doc = step(doc, "Reviewed by Administration")
		self.act_as(self.here.chief)
		doc = step(doc, "Reviewed by Directorate")
		self.act_as(self.country.head)
		return step(doc, "Approved")


class TestAudit(AuditCase):
	def test_the_tool_is_a_proposal_with_weights_of_a_hundred(self) -> None:
		tool = frappe.get_doc("Assessment Tool", TOOL)
		self.assertEqual((tool.purpose, tool.indicator_count), ("Accessibility of the Building", 18))
		self.assertAlmostEqual(tool.total_weight, 100, 1)
		self.assertIn("مقترحة", tool.notes)

	def test_it_is_taken_by_an_audit_and_by_no_other_visit(self) -> None:
		self.assertEqual(tool_for("CI-01", nowdate()), "CHILD-42-1")
		self.assertIsNone(tool_for("NU-01", nowdate()))
		self.assertEqual(tool_for("NU-01", nowdate(), "Accessibility of the Building"), TOOL)
		self.act_as(self.here.chief)
		home = self.here.institution
		self.assertRefused(InstitutionVisitError, visit, home, self.inspector, assessment_tool=TOOL)
		other = {"assessment_tool": "CHILD-42-1"} | AUDIT
		self.assertRefused(InstitutionVisitError, visit, home, self.inspector, **other)
		doc = visit(home, self.inspector, **AUDIT)
		self.act_as(self.inspector)
		doc = step(doc, "Begun")
		self.assertEqual((doc.assessment_tool, len(doc.answers)), (TOOL, 18))

	def test_it_gives_the_institution_no_grade(self) -> None:
		home = self.home()
		doc = self.approved(home)
		self.assertEqual((doc.accessibility, doc.grade, doc.score), ("Conforming", None, 100))
		self.assertEqual(frappe.db.get_value("Institution", home, "grade"), "B")

	def test_one_failed_critical_standard_does_not_conform(self) -> None:
		doc = self.audited(self.home(), V1_1=0, V1_2=0)
		self.assertEqual((doc.accessibility, doc.critical_failed), ("Not Conforming", 1))
		self.assertEqual(result_of(doc)["headline"], frappe._("Not Conforming"))

	def test_what_failed_becomes_remedial_works(self) -> None:
		home = self.home()
		doc = self.audited(home, V1_1=0)
		self.act_as(self.manager)
		plan = {"doctype": "Corrective Action Plan", "institution": home, "institution_visit": doc.name}
		plan = frappe.get_doc(plan | {"goal": "إتاحة المدخل", "due_on": add_days(nowdate(), 90)}).insert()
		self.assertEqual(proposals.add(plan.name, ["V1.1"]), 1)


class TestReport(AuditCase):
	def of_homes(self, user: str) -> dict:
		self.act_as(user)
		kind = frappe.db.get_value("Institution", self.here.institution, "institution_type")
		rows = report.execute({"institution_type": kind})[1]
		return rows[0] if rows else {"buildings": 0, "audited": 0, "conforming": 0, "works": 0}

	def test_audited_and_conforming_at_the_readers_places(self) -> None:
		before, other = self.of_homes(self.here.chief), self.of_homes(self.there.chief)
		good, poor = self.home(), self.home()
		self.approved(good)
		bad = self.approved(poor, score=1)
		self.act_as(self.manager)
		plan = {"doctype": "Corrective Action Plan", "institution": poor, "institution_visit": bad.name}
		plan = frappe.get_doc(plan | {"goal": "إتاحة", "due_on": add_days(nowdate(), 90)}).insert()
		proposals.add(plan.name, ["V1.1", "V2.1"])
		for name in frappe.get_all("Corrective Action", {"corrective_action_plan": plan.name}, pluck="name"):
			frappe.db.set_value("Corrective Action", name, "responsible_name", "منى")
		step(fresh(plan), "In Progress")
		after = self.of_homes(self.here.chief)
		changes = {key: after[key] - before[key] for key in ("buildings", "audited", "conforming", "works")}
		self.assertEqual(changes, {"buildings": 2, "audited": 2, "conforming": 1, "works": 2})
		self.assertEqual(self.of_homes(self.there.chief), other)
