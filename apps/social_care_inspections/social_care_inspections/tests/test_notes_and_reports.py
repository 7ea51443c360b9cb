"""Sealed notes, the reports over visits, and the official print: each with a reader who must not see."""

import frappe
from frappe.utils import add_days, add_to_date, now_datetime, nowdate
from social_care.tests import CountryTestCase, factories

from social_care_inspections.inspections.report.grades_of_institutions_and_their_trend import (
	grades_of_institutions_and_their_trend as grades,
)
from social_care_inspections.inspections.report.institution_visits_and_their_reports import (
	institution_visits_and_their_reports as visits,
)
from social_care_inspections.inspections.visits.notes import SealedNoteError
from social_care_inspections.inspections.visits.prints import inspection_report
from social_care_inspections.tests.cases import (
	completed,
	forget_changes,
	fresh,
	inspector,
	step,
	visit,
)

NOTE = "Inspection Sealed Note"


class VisitedCase(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.addCleanup(forget_changes)
		self.inspector = inspector(self.here.directorate)
		self.act_as(self.here.chief)

	def reported(self, institution: str = "", **values):
		self.act_as(self.here.chief)
		doc = completed(institution or self.here.institution, self.inspector, **values)
		self.act_as(self.inspector)
		return step(doc, "Reported")

	def approved(self, institution: str, **values):
		"""Reported, and approved without its levels, which are another test's matter."""
		doc = self.reported(institution, **values)
		frappe.db.set_value(doc.doctype, doc.name, "status", "Approved")
		return doc


class TestSealedNotes(VisitedCase):
	def note(self, visit_name: str, **values):
		base = {"doctype": NOTE, "institution_visit": visit_name, "note_kind": "Interview with a Child"}
		return frappe.get_doc(base | {"note": "قال إن الطعام لا يكفي", "age": 11} | values)

	def test_no_one_of_the_institution_reads_them(self) -> None:
		doc = visit(self.here.institution, self.inspector)
		self.act_as(self.inspector)
		name = self.note(doc.name).insert().name
		for user in (self.here.director, self.here.entry, self.there.chief, self.here.officer):
			self.act_as(user)
			self.assertFalse(frappe.has_permission(NOTE, "read", doc=frappe.get_doc(NOTE, name)), user)
			self.assertRefused(frappe.PermissionError, self.note(doc.name).insert)
		self.act_as(self.here.chief)
		self.assertEqual(frappe.get_list(NOTE, {"institution_visit": doc.name}, pluck="name"), [name])

	def test_with_the_report_they_are_sealed(self) -> None:
		doc = completed(self.here.institution, self.inspector)
		self.act_as(self.inspector)
		note = self.note(doc.name, sealed=1).insert()
		self.assertFalse(note.sealed)
		note.note = "قال إن العشاء لا يكفي"
		note.save()
		step(doc, "Reported")
		note = fresh(note)
		self.assertEqual((note.sealed, note.sealed_by), (1, self.inspector))
		note.note = "لم يقل شيئا"
		self.assertRefused(SealedNoteError, note.save)

	def test_another_inspectors_note_is_not_rewritten(self) -> None:
		doc = visit(self.here.institution, self.inspector)
		self.act_as(self.inspector)
		note = self.note(doc.name).insert()
		self.act_as(self.here.chief)
		note = fresh(note)
		note.note = "نص آخر"
		self.assertRefused(frappe.PermissionError, note.save)

	def test_a_child_of_the_visited_institution(self) -> None:
		self.act_as("Administrator")
		child = factories.child(self.here.institution).name
		elsewhere = factories.child(factories.institution(self.here.district).name).name
		doc = visit(self.here.institution, self.inspector)
		self.act_as(self.inspector)
		self.assertRefused(SealedNoteError, self.note(doc.name, child=elsewhere).insert)
		self.assertEqual(self.note(doc.name, child=child).insert().child, child)


class TestReports(VisitedCase):
	def test_visits_of_the_readers_scope(self) -> None:
		doc = self.reported()
		self.act_as(self.here.chief)
		secret = visit(self.here.institution, self.inspector, visit_kind="Unannounced")
		for user, sees in (
			(self.here.chief, {doc.name, secret.name}),
			(self.here.director, {doc.name}),
			(self.there.chief, set()),
			(self.there.director, set()),
		):
			self.act_as(user)
			found = {row.name for row in visits.execute({})[1]} & {doc.name, secret.name}
			self.assertEqual(found, sees, user)

	def test_what_is_late(self) -> None:
		doc = self.reported()
		frappe.db.set_value(
			doc.doctype, doc.name, "step_due_on", add_to_date(now_datetime(), days=-2, hours=-1)
		)
		self.act_as(self.here.chief)
		rows = {row.name: row for row in visits.execute({"overdue_only": 1})[1]}
		self.assertEqual(rows[doc.name].days_late, 3)
		wanted = {"status": "Reported", "institution": self.here.institution, "from_date": nowdate()}
		self.assertIn(doc.name, {row.name for row in visits.execute(wanted)[1]})
		self.assertFalse(visits.execute({"to_date": "2001-01-01"})[1])

	def test_league_and_trend(self) -> None:
		self.act_as("Administrator")
		better, worse = (factories.institution(self.here.district).name for _ in range(2))
		old = self.approved(better, score=2)
		frappe.db.set_value(old.doctype, old.name, "visited_on", add_days(nowdate(), -200))
		self.approved(better, score=3)
		self.approved(worse, score=1)
		self.reported(worse, score=3)
		self.act_as(self.here.chief)
		_columns, rows, _message, chart = grades.execute({})
		found = {row.institution: row for row in rows}
		self.assertEqual((found[better].grade, found[better].change), ("A", 33.33))
		self.assertEqual((found[worse].grade, found[worse].change), ("D", None))
		self.assertLess(found[better].place, found[worse].place)
		self.assertEqual(sum(chart["data"]["datasets"][0]["values"]), len(rows))
		only_d = grades.execute({"evaluation_grade": "D"})[1]
		self.assertEqual({row.grade for row in only_d}, {"D"})
		self.act_as(self.there.chief)
		self.assertFalse({better, worse} & {row.institution for row in grades.execute({})[1]})


class TestPrint(VisitedCase):
	def test_what_stands_on_the_report(self) -> None:
		doc = self.reported(scores={"A2_1": 0, "A2_2": 0})
		frappe.get_doc(
			{
				"doctype": NOTE,
				"institution_visit": doc.name,
				"note_kind": "Internal Remark",
				"note": "سر مكتوم",
			}
		).insert()
		paper = inspection_report(doc)
		self.assertIn("د", paper["result"]["headline"])
		self.assertTrue(any("A2" in text for text in paper["result"]["reasons"]))
		self.assertEqual(len(paper["answers"]), 84)
		self.assertTrue(paper["signatures"][1]["drawn"].startswith("data:image/png;base64,"))
		self.assertTrue(paper["sheet"]["code"] and paper["sheet"]["qr"])
		self.assertIn(doc.report_number[:2], paper["sheet"]["period"])
		self.assertNotIn("سر مكتوم", frappe.as_json(paper))

	def test_none_before_the_report_was_sent(self) -> None:
		self.assertRefused(
			frappe.ValidationError, inspection_report, completed(self.here.institution, self.inspector)
		)

	def test_a_signature_is_a_drawing(self) -> None:
		doc = completed(self.here.institution, self.inspector)
		doc.representative_signature = "javascript:alert(1)"
		self.assertRefused(frappe.ValidationError, doc.save)
