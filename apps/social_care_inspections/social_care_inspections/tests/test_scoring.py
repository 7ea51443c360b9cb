"""Scores, grades and their explanation (domain 4.3)."""

from dataclasses import dataclass

import frappe
from social_care.tests import CountryTestCase, SocialCareTestCase

from social_care_inspections.inspections.visits.explanation import explain
from social_care_inspections.inspections.visits.scoring import Scale, result
from social_care_inspections.tests.cases import answered, completed, forget_changes, inspector, step, visit


@dataclass
class Answer:
	"""A row of a checklist."""

	indicator_code: str
	score: str = "3"
	weight: float = 1.0
	is_critical: int = 0
	standard_code: str = ""
	not_applicable: int = 0
	score_max: int = 3


def answer(code: str, score, **values) -> Answer:
	return Answer(code, str(score), standard_code=code.split(".")[0], **values)


class TestScore(SocialCareTestCase):
	def test_weighted_share_of_the_applicable(self) -> None:
		rows = [answer("A1.1", 3, weight=10), answer("A1.2", 0, weight=30), answer("A2.1", 1, weight=20)]
		self.assertAlmostEqual(result(rows, Scale()).score, 100 * (10 + 20 / 3) / 60, places=2)
		rows.append(answer("A3.1", "", weight=40, not_applicable=1))
		self.assertAlmostEqual(result(rows, Scale()).score, 100 * (10 + 20 / 3) / 60, places=2)

	def test_grades_begin_at_85_70_and_50(self) -> None:
		grades = {84.99: "B", 85: "A", 100: "A", 70: "B", 69.99: "C", 50: "C", 49.99: "D", 0: "D"}
		for score, grade in grades.items():
			self.assertEqual(Scale().grade(score), grade, score)

	def test_a_critical_standard_at_zero_makes_d(self) -> None:
		rows = [
			answer("A1.1", 3, weight=98),
			answer("A2.1", 0, is_critical=1),
			answer("A2.2", 0, is_critical=1),
		]
		found = result(rows, Scale())
		self.assertEqual((found.score, found.by_total, found.grade), (98.0, "A", "D"))
		self.assertEqual([row.indicator_code for row in found.failed], ["A2.1"])

	def test_one_zero_of_two_fails_only_where_the_tool_says_so(self) -> None:
		rows = [
			answer("A1.1", 3, weight=98),
			answer("A2.1", 0, is_critical=1),
			answer("A2.2", 1, is_critical=1),
		]
		self.assertEqual(result(rows, Scale()).grade, "A")
		self.assertEqual(result(rows, Scale(one_zero_fails=True)).grade, "D")

	def test_what_does_not_apply_neither_saves_nor_fails(self) -> None:
		rows = [answer("A1.1", 3, weight=98), answer("A2.1", 0, is_critical=1)]
		rows.append(answer("A2.2", "", is_critical=1, not_applicable=1))
		self.assertEqual(result(rows, Scale()).grade, "D")
		rows[1].not_applicable, rows[1].score = 1, ""
		self.assertEqual(result(rows, Scale()).grade, "A")

	def test_nothing_applicable_has_no_grade(self) -> None:
		found = result([answer("A1.1", "", not_applicable=1)], Scale())
		self.assertEqual((found.score, found.grade), (None, ""))

	def test_points_lost_add_up(self) -> None:
		rows = [answer("A1.1", 2, weight=10), answer("A1.2", 0, weight=30), answer("A2.1", 1, weight=20)]
		found = result(rows, Scale())
		self.assertAlmostEqual(100 - found.score, sum(found.lost.values()), places=2)


class TestExplanation(CountryTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.addCleanup(forget_changes)
		self.inspector = inspector(self.here.directorate)
		self.act_as(self.here.chief)

	def test_why_it_is_a_d(self) -> None:
		doc = completed(self.here.institution, self.inspector, scores={"A2_1": 0, "A2_2": 0})
		self.assertEqual((doc.grade, doc.critical_failed), ("D", 1))
		self.assertAlmostEqual(doc.score, 96.25, places=2)
		found = explain(doc)
		self.assertIn("96.25", found["reasons"][0])
		self.assertIn("A2", found["reasons"][1])
		self.assertEqual([row["code"] for row in found["losses"]], ["A2.1", "A2.2"])
		by_area = {row["code"]: row for row in found["areas"]}
		self.assertEqual([row for row in by_area if by_area[row]["lost"]], ["A"])
		self.assertAlmostEqual(by_area["C"]["weight"], 25, places=1)

	def test_how_far_the_next_grade_is(self) -> None:
		doc = completed(self.here.institution, self.inspector, score=2)
		self.assertEqual((doc.score, doc.grade), (66.67, "C"))
		self.assertIn("3.33", explain(doc)["reasons"][1])

	def test_the_form_is_told_while_the_visit_goes_on(self) -> None:
		doc = visit(self.here.institution, self.inspector)
		self.act_as(self.inspector)
		doc = step(doc, "Begun")
		self.assertEqual(explain(doc)["open"], 84)
		doc = answered(doc, 3, A1_1="")
		doc.run_method("onload")
		shown = doc.get_onload("explanation")
		self.assertEqual((shown["open"], shown["grade"]), (1, "A"))

	def test_an_administrator_moves_the_grades_by_a_new_version(self) -> None:
		tool = frappe.get_doc("Assessment Tool", "CHILD-42-1")
		self.act_as("Administrator")
		tool.grade_c_from = 67
		tool.save()
		self.act_as(self.here.chief)
		self.assertEqual(completed(self.here.institution, self.inspector, score=2).grade, "D")
