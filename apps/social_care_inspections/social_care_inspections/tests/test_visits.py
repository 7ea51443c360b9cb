"""Visits: from the order to the approval up the three levels, and who takes which step."""

import frappe
from frappe.utils import add_days, getdate, nowdate
from social_care.tests import factories

from social_care_inspections.inspections.doctype.assessment_tool.assessment_tool import AssessmentToolError
from social_care_inspections.inspections.doctype.institution_visit.institution_visit import (
	InstitutionVisitError,
)
from social_care_inspections.inspections.visits import people
from social_care_inspections.tests.cases import (
	SIGNED,
	VisitTestCase,
	answered,
	fresh,
	inspector,
	step,
	visit,
	visit_values,
)


class TestOrder(VisitTestCase):
	def test_who_orders_and_who_does_not(self) -> None:
		adviser = factories.staff("Inspection Adviser", "HQ")
		for user in (self.here.chief, self.manager, adviser, self.country.head):
			self.act_as(user)
			self.assertEqual(visit(self.here.institution, self.inspector).org_unit, self.here.district)
		values = visit_values(self.here.institution, self.inspector)
		for user in (
			self.inspector,
			self.here.director,
			self.here.entry,
			self.there.chief,
			self.here.officer,
		):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, frappe.get_doc(values).insert)

	def test_the_team(self) -> None:
		self.act_as(self.here.chief)
		home = self.here.institution
		self.assertRefused(InstitutionVisitError, visit, home, inspector(self.there.directorate))
		self.assertRefused(InstitutionVisitError, visit, home, self.inspector, self.inspector)
		self.assertRefused(InstitutionVisitError, visit, home, self.here.officer)
		doc = visit(home, self.inspector, inspector(self.here.district))
		self.assertEqual([row.is_lead for row in doc.inspectors], [1, 0])

	def test_nobody_visits_where_he_holds_an_office(self) -> None:
		self.act_as("Administrator")
		factories.assign_unchecked(self.inspector, "Institution Social Worker", self.here.institution)
		self.act_as(self.here.chief)
		self.assertNotIn(self.inspector, people.candidates(self.here.institution))
		self.assertRefused(InstitutionVisitError, visit, self.here.institution, self.inspector)

	def test_a_tool_for_another_kind_of_institution(self) -> None:
		self.act_as(self.here.chief)
		self.assertRefused(
			InstitutionVisitError,
			visit,
			self.here.institution,
			self.inspector,
			assessment_tool="ELDER-22-1",
		)

	def test_it_begins_as_a_plan(self) -> None:
		self.act_as(self.here.chief)
		for sent in (
			{"findings": "س"},
			{"institution_reply": "س"},
			{"answers": [{"indicator_code": "A1.1"}]},
		):
			values = visit_values(self.here.institution, self.inspector, **sent)
			self.assertRefused(InstitutionVisitError, frappe.get_doc(values).insert)
		sent = {
			"status": "Approved",
			"score": 99,
			"grade": "A",
			"report_number": "IR-1",
			"approved_by": self.here.chief,
		}
		doc = fresh(visit(self.here.institution, self.inspector, **sent))
		self.assertEqual((doc.status, doc.score, doc.grade, doc.report_number), ("Planned", 0, None, None))

	def test_candidates_are_told_to_those_who_order_there(self) -> None:
		self.act_as(self.here.chief)
		self.assertIn(self.inspector, people.candidates(self.here.institution))
		found = people.pick(self.here.institution, self.inspector.split("@")[0], 0, 10)
		self.assertEqual([row[0] for row in found], [self.inspector])
		for user in (self.there.chief, self.here.director, self.inspector):
			self.act_as(user)
			self.assertRefused(frappe.PermissionError, people.candidates, self.here.institution)


class TestMaking(VisitTestCase):
	def planned(self, **values):
		self.act_as(self.here.chief)
		doc = visit(self.here.institution, self.inspector, **values)
		self.act_as(self.inspector)
		return doc

	def test_only_who_is_named_begins(self) -> None:
		doc = self.planned()
		for user in (inspector(self.here.directorate), self.here.chief, self.here.director):
			self.act_as(user)
			self.assertRefused((frappe.PermissionError, frappe.ValidationError), step, doc, "Begun")
		self.act_as(self.inspector)
		self.assertEqual(step(doc, "Begun").begun_by, self.inspector)

	def test_the_checklist_is_the_version_of_the_day(self) -> None:
		frappe.db.set_value("Assessment Tool", "CHILD-42-1", "valid_to", add_days(nowdate(), -3))
		new = frappe.copy_doc(frappe.get_doc("Assessment Tool", "CHILD-42-1"))
		new.update({"valid_from": add_days(nowdate(), -2), "valid_to": None})
		new.indicators = new.indicators[:10]
		new.insert()
		late = step(self.planned(), "Begun", visited_on=add_days(nowdate(), -4))
		self.assertEqual((late.assessment_tool, len(late.answers)), ("CHILD-42-1", 84))
		today = step(self.planned(assessment_tool="CHILD-42-1"), "Begun")
		self.assertEqual((today.assessment_tool, len(today.answers)), (new.name, 10))

	def test_days(self) -> None:
		doc = self.planned()
		self.assertRefused(InstitutionVisitError, step, doc, "Begun", visited_on=add_days(nowdate(), 1))
		self.assertRefused(InstitutionVisitError, step, doc, "Begun", visited_on=add_days(nowdate(), -8))

	def test_rows_and_weights_are_not_the_users(self) -> None:
		doc = step(self.planned(), "Begun")
		first = doc.answers[0].as_dict()
		doc.answers[0].update(
			{"weight": 50, "is_critical": 0, "score_max": 9, "indicator": "آخر", "score": "2"}
		)
		doc.answers = doc.answers[:1]
		doc.append("answers", {"indicator_code": "Z9", "weight": 99, "score": "3", "score_max": 3})
		doc.save()
		doc = fresh(doc)
		self.assertEqual(len(doc.answers), 84)
		kept = {key: doc.answers[0].get(key) for key in ("weight", "score_max", "indicator", "name")}
		self.assertEqual(kept, {key: first[key] for key in kept})
		self.assertEqual(doc.answers[0].score, "2")

	def test_scores_lie_within_their_bounds(self) -> None:
		doc = step(self.planned(), "Begun")
		doc.answers[0].score = "4"
		self.assertRefused(InstitutionVisitError, doc.save)
		doc = fresh(doc)
		doc.answers[0].update({"score": "1", "not_applicable": 1})
		self.assertRefused(InstitutionVisitError, doc.save)

	def test_nothing_is_left_open(self) -> None:
		doc = step(self.planned(), "Begun")
		said = {"findings": "س", **SIGNED}
		self.assertRefused(InstitutionVisitError, step, doc, "Completed", **said)
		doc = answered(doc, 3, A1_1="")
		doc.answers[0].not_applicable = 1
		doc.save()
		self.assertRefused(InstitutionVisitError, step, doc, "Completed", **said)
		doc = fresh(doc)
		doc.answers[0].remark = "لا ينطبق على هذا النوع"
		doc.save()
		for missing in said:
			self.assertRefused(InstitutionVisitError, step, doc, "Completed", **(said | {missing: None}))
		refused = {"findings": "س", "representative_name": "م", "refused_to_sign": 1}
		self.assertRefused(InstitutionVisitError, step, doc, "Completed", **refused)
		self.assertEqual(step(doc, "Completed", refusal_reason="رفض", **refused).score, 100)

	def test_evidence_is_private(self) -> None:
		doc = step(self.planned(), "Begun")
		file = factories.file(
			factories.image(), "exit.png", attached_to_doctype=doc.doctype, attached_to_name=doc.name
		)
		doc = fresh(doc)
		doc.append("evidence", {"file": file.file_url, "caption": "مخرج الطوارئ", "indicator_code": "A2.1"})
		doc.save()
		self.assertTrue(fresh(doc).evidence[0].file.startswith("/private/files/"))
		doc.append("evidence", {"file": "/files/exit.png", "caption": "س"})
		self.assertRefused((InstitutionVisitError, frappe.ValidationError), doc.save)
		doc = fresh(doc)
		doc.evidence[0].indicator_code = "Z9.9"
		self.assertRefused(InstitutionVisitError, doc.save)

	def test_the_institution_learns_the_day(self) -> None:
		self.completed()
		self.assertEqual(
			frappe.db.get_value("Institution", self.here.institution, "last_visit_date"), getdate(nowdate())
		)

	def test_a_used_version_is_not_rewritten(self) -> None:
		self.completed()
		self.act_as("Administrator")
		tool = frappe.get_doc("Assessment Tool", "CHILD-42-1")
		tool.grade_a_from = 80
		self.assertRefused(AssessmentToolError, tool.save)
		tool.reload()
		tool.indicators[0].weight = 5
		self.assertRefused(AssessmentToolError, tool.save)
		tool.reload()
		tool.title = "عنوان أوضح"
		tool.save()
