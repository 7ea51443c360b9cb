"""Assessments of families: tools as data, parts by their writers, scores, what they feed, and the review with the forms."""

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, nowdate
from social_care.registry.file_review import FourEyesError
from social_care.tests import factories

from social_care_kafala.kafala.assessments import tools
from social_care_kafala.kafala.assessments.feeding import COMPLETED, DRAFT, REVIEWED
from social_care_kafala.kafala.assessments.prints import kafala_assessment_form
from social_care_kafala.kafala.doctype.kafala_assessment.kafala_assessment import KafalaAssessmentError
from social_care_kafala.kafala.doctype.kafala_family_file.kafala_family_file import KafalaFileError
from social_care_kafala.kafala.doctype.kafala_study_tool.kafala_study_tool import KafalaStudyToolError
from social_care_kafala.kafala.path import states
from social_care_kafala.tests import cases
from social_care_kafala.tests.cases import DOCTYPE
from social_care_kafala.tests.test_path import PathTestCase

ASSESSMENT, TOOL = "Kafala Assessment", "Kafala Study Tool"
FOUND = {
	"home_in_egypt": "Yes",
	"home_suitable": "Yes",
	"has_stable_income": "Yes",
	"association_inquiry": "Suitable",
	"criminal_record": "Clean",
	"hepatitis_free": "Yes",
	"drug_test": "Negative",
	"psychological_test": "Fit",
	"credit_result": "Sound",
}
PSYCHOLOGICAL = "Psychological Study"


class AssessmentTestCase(PathTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.psychologist = factories.staff("Case Manager", cls.here.district)
		cls.reader = factories.staff("Social Unit Worker", cls.here.district)

	def begin(self, file, kind: str = tools.INITIAL, user: str | None = None):
		self.act_as(user or self.specialist)
		return frappe.get_doc(
			{"doctype": ASSESSMENT, "family_file": file.name, "assessment_kind": kind}
		).insert()

	def answer(self, doc, user: str | None = None, points: str = "5", only: str = "", besides: str = ""):
		"""Every question of a part, or of all but one, answered well."""
		self.act_as(user or self.specialist)
		doc = frappe.get_doc(ASSESSMENT, doc.name)
		for row in doc.answers:
			if (only and row.part != only) or row.part == besides:
				continue
			if row.highest_score:
				row.score = points
			elif row.feeds == tools.AMOUNT:
				row.amount = 9000
			else:
				row.finding = FOUND.get(row.feeds, "")
		return doc.save()

	def finish(self, doc, **more):
		"""A visit, a recommendation, completed by the specialist."""
		self.act_as(self.specialist)
		doc = frappe.get_doc(ASSESSMENT, doc.name)
		visit = {"visited_on": nowdate(), "visited_by": "أخصائي", "met_at": "Family Home"}
		doc.append("visits", visit)
		doc.update({"recommendation": "Suitable", "opinion": "أسرة مستقرة", **more})
		doc.save()
		return apply_workflow(doc, "Complete the Assessment")

	def at_visit(self, **values):
		return cases.at(self.file(home_in_egypt="", **values), states.VISIT)

	def studied_by_both(self, points: str = "5"):
		"""A detailed study, each part by its writer, not completed; and its file."""
		file = cases.at(self.file(home_in_egypt="Yes"), states.DETAILED)
		doc = self.begin(file, tools.DETAILED)
		self.answer(doc, points=points, besides=PSYCHOLOGICAL)
		self.answer(doc, self.psychologist, points, only=PSYCHOLOGICAL)
		return file, doc


class TestInitialVisit(AssessmentTestCase):
	def test_it_is_laid_out_by_the_tool_in_force(self) -> None:
		doc = self.begin(self.at_visit())
		self.assertEqual((doc.tool, doc.status), ("KST-VISIT-1", DRAFT))
		self.assertEqual([row.item_code for row in doc.answers], list(tools.items(doc.tool)))

	def test_it_feeds_day_and_result_and_opens_the_next_step(self) -> None:
		file = self.at_visit()
		doc = self.answer(self.begin(file))
		self.assertRefused(
			KafalaFileError, self.act, file, "Begin the Assessment", initial_visit_on=nowdate()
		)
		done = self.finish(doc)
		self.assertEqual(
			(done.status, done.completed_by, done.total_percent), (COMPLETED, self.specialist, 100)
		)
		file = frappe.get_doc(DOCTYPE, file.name)
		self.assertEqual(
			(str(file.initial_visit_on), file.initial_visit_result, file.home_in_egypt),
			(nowdate(), "Suitable", "Yes"),
		)
		self.assertEqual(self.act(file, "Begin the Assessment").status, states.DETAILED)

	def test_an_unsuitable_family_does_not_go_on(self) -> None:
		file = self.at_visit()
		self.finish(self.answer(self.begin(file)), recommendation="Unsuitable")
		self.assertRefused(KafalaFileError, self.act, file, "Begin the Assessment")

	def test_nothing_is_written_twice(self) -> None:
		file = self.at_visit()
		self.finish(self.answer(self.begin(file)))
		file = frappe.get_doc(DOCTYPE, file.name)
		file.initial_visit_result = "Unsuitable"
		self.assertRefused(KafalaFileError, file.save)
		file.reload()
		file.wished_sex = "Male"
		file.save()

	def test_several_visits_the_last_one_counts(self) -> None:
		file = self.at_visit()
		doc = self.answer(self.begin(file))
		doc.append(
			"visits", {"visited_on": add_days(nowdate(), -9), "visited_by": "أ", "met_at": "Family Home"}
		)
		doc.save()
		self.assertEqual(str(self.finish(doc).last_visit_on), nowdate())
		later = self.begin(self.at_visit())
		later.append(
			"visits", {"visited_on": add_days(nowdate(), 1), "visited_by": "أ", "met_at": "Family Home"}
		)
		self.assertRefused(KafalaAssessmentError, later.save)

	def test_what_is_open_is_asked_for(self) -> None:
		doc = self.begin(self.at_visit())
		self.assertRefused(KafalaAssessmentError, self.finish, doc)
		doc = self.answer(self.begin(self.at_visit()))
		self.assertRefused(KafalaAssessmentError, self.finish, doc, opinion="")

	def test_one_at_a_time(self) -> None:
		file = self.at_visit()
		self.begin(file)
		self.assertRefused(KafalaAssessmentError, self.begin, file)
		self.begin(file, tools.DETAILED)

	def test_it_is_completed_in_its_step(self) -> None:
		doc = self.answer(self.begin(self.file()))
		self.assertRefused(KafalaAssessmentError, self.finish, doc)


class TestDetailedStudy(AssessmentTestCase):
	def test_each_part_is_its_writers(self) -> None:
		file = cases.at(self.file(), states.DETAILED)
		doc = self.begin(file, tools.DETAILED)
		self.assertRefused(frappe.PermissionError, self.answer, doc, self.specialist, only=PSYCHOLOGICAL)
		self.assertRefused(frappe.PermissionError, self.answer, doc, self.psychologist, only="Social Study")
		self.assertRefused(frappe.PermissionError, self.answer, doc, self.stranger, only="Social Study")
		self.assertRefused(frappe.PermissionError, self.answer, doc, self.reader, only="Social Study")
		self.answer(doc, only="Social Study")
		doc = self.answer(doc, self.psychologist, only=PSYCHOLOGICAL)
		writers = {row.part: row.written_by for row in doc.parts}
		self.assertEqual(
			(writers["Social Study"], writers[PSYCHOLOGICAL], writers["Health Study"]),
			(self.specialist, self.psychologist, None),
		)

	def test_it_feeds_everything_the_path_and_the_conditions_ask_for(self) -> None:
		file, doc = self.studied_by_both()
		self.finish(doc)
		file = frappe.get_doc(DOCTYPE, file.name)
		for field, value in (FOUND | {"monthly_income": 9000, "administration_inquiry": "Suitable"}).items():
			with self.subTest(field):
				self.assertEqual(file.get(field), value)
		found = self.answers(file)
		for rule in ("income", "housing", "conduct", "health", "credit", "maturity"):
			with self.subTest(rule):
				self.assertEqual(found[rule], "Pass")
		self.assertEqual(self.act(file, "Send the Forms").status, states.REVIEW)

	def test_scores_are_weighed(self) -> None:
		_file, doc = self.studied_by_both(points="4")
		doc = frappe.get_doc(ASSESSMENT, doc.name)
		self.assertEqual(doc.total_percent, 80)
		row = next(row for row in doc.answers if row.item_code == "E-01")
		self.act_as(self.specialist)
		row.score = "0"
		doc.save()
		parts = {row.part: row.score_percent for row in doc.parts}
		self.assertEqual((parts["Economic Study"], parts["Social Study"]), (32, 80))
		self.assertEqual(doc.total_percent, 70.4)

	def test_below_the_least_score_no_family_is_suitable(self) -> None:
		file, doc = self.studied_by_both(points="3")
		self.assertRefused(KafalaAssessmentError, self.finish, doc)
		frappe.db.set_single_value("Kafala Settings", "least_study_percent", 60)
		frappe.clear_document_cache("Kafala Settings", "Kafala Settings")
		self.finish(doc)
		self.assertEqual(frappe.db.get_value(DOCTYPE, file.name, "administration_inquiry"), "Suitable")

	def test_a_study_says_yes_or_no(self) -> None:
		_file, doc = self.studied_by_both()
		self.assertRefused(KafalaAssessmentError, self.finish, doc, recommendation="Needs Completion")

	def test_an_answer_is_one_that_the_question_takes(self) -> None:
		doc = self.begin(cases.at(self.file(), states.DETAILED), tools.DETAILED)
		for code, values in (
			("S-01", {"score": "6"}),
			("S-01", {"finding": "Yes"}),
			("S-05", {"finding": "Positive"}),
			("S-05", {"amount": 5}),
			("S-05", {"score": "1"}),
		):
			doc.reload()
			next(row for row in doc.answers if row.item_code == code).update(values)
			with self.subTest(code, **values):
				self.assertRefused(KafalaAssessmentError, doc.save)

	def test_questions_are_the_tools(self) -> None:
		doc = self.begin(cases.at(self.file(), states.DETAILED), tools.DETAILED)
		first = doc.answers[0]
		first.question, first.highest_score = "غيره", 10
		doc.answers = [first]
		doc.append("answers", {"item_code": "X-99", "question": "غريب"})
		doc.save()
		self.assertEqual([row.item_code for row in doc.answers], list(tools.items(doc.tool)))
		self.assertNotEqual(doc.answers[0].question, "غيره")


class TestReview(AssessmentTestCase):
	def sent(self):
		file, doc = self.studied_by_both()
		self.finish(doc)
		cases.at(file, states.REVIEW)
		return file, doc

	def test_with_the_forms_and_then_read_only(self) -> None:
		file, doc = self.sent()
		self.act(file, "Accept the Forms", self.here.chief)
		doc = frappe.get_doc(ASSESSMENT, doc.name)
		self.assertEqual((doc.status, doc.reviewed_by), (REVIEWED, self.here.chief))
		self.act_as(self.specialist)
		doc.opinion = "غيره"
		self.assertRefused((frappe.ValidationError, frappe.PermissionError), doc.save)

	def test_whoever_wrote_does_not_review(self) -> None:
		file, doc = self.sent()
		writers = frappe.db.get_value(ASSESSMENT, doc.name, "content_editors")
		frappe.db.set_value(ASSESSMENT, doc.name, "content_editors", f"{writers}\n{self.here.chief}")
		self.assertRefused(FourEyesError, self.act, file, "Accept the Forms", self.here.chief)

	def test_a_completed_one_is_opened_again_with_a_reason_only(self) -> None:
		file, doc = self.sent()
		cases.at(file, states.DETAILED)
		self.act_as(self.specialist)
		doc = frappe.get_doc(ASSESSMENT, doc.name)
		doc.opinion = "غيره"
		self.assertRefused(KafalaAssessmentError, doc.save)
		doc.reload()
		self.assertRefused(KafalaAssessmentError, apply_workflow, doc, "Open the Assessment Again")
		doc.reload()
		doc.return_reason = "استكمال البحث"
		doc.save()
		doc = apply_workflow(doc, "Open the Assessment Again")
		self.assertEqual((doc.status, doc.completed_by), (DRAFT, None))
		self.assertRefused(KafalaFileError, self.act, file, "Send the Forms")

	def test_a_state_is_no_field_to_be_written(self) -> None:
		_file, doc = self.studied_by_both()
		self.act_as(self.specialist)
		doc = frappe.get_doc(ASSESSMENT, doc.name)
		doc.status = REVIEWED
		self.assertRefused((frappe.ValidationError, frappe.PermissionError), doc.save)

	def test_it_is_not_deleted(self) -> None:
		_file, doc = self.sent()
		self.act_as("Administrator")
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, ASSESSMENT, doc.name)


class TestPrint(AssessmentTestCase):
	def test_it_shows_every_answer_and_who_wrote(self) -> None:
		_file, doc = self.studied_by_both(points="4")
		doc = self.finish(doc)
		paper = kafala_assessment_form(doc)
		self.assertEqual(
			[part["title"] for part in paper["parts"]],
			["الدراسة الاجتماعية", "الدراسة النفسية", "الدراسة الاقتصادية", "الدراسة الصحية", "دراسة المسكن"],
		)
		self.assertEqual(sum(len(part["rows"]) for part in paper["parts"]), len(doc.answers))
		self.assertIn(["نتيجة الاستعلام الائتماني", "سليم", ""], paper["parts"][2]["rows"])
		self.assertEqual(paper["facts"][3][1], "٨٠ ٪")
		html = frappe.get_print(doc.doctype, doc.name, "Kafala Assessment Form", doc=doc)
		for text in ("Suitable", "Sound", "Family Home", "Assessment Completed", "Economic Study"):
			self.assertNotIn(text, html)

	def test_it_keeps_the_level_of_the_answers(self) -> None:
		doc = self.begin(self.at_visit())
		self.act_as(self.country.head)
		self.assertRefused(
			frappe.PermissionError, kafala_assessment_form, frappe.get_doc(ASSESSMENT, doc.name)
		)


class TestReaders(AssessmentTestCase):
	def test_it_follows_the_file(self) -> None:
		doc = self.begin(self.at_visit())
		for user, sees in (
			(self.specialist, True),
			(self.psychologist, True),
			(self.reader, True),
			(self.here.chief, True),
			(self.secretary, True),
			(self.country.head, True),
			(self.stranger, False),
			(self.there.chief, False),
			(self.here.director, False),
			(self.here.entry, False),
			(self.here.officer, False),
		):
			with self.subTest(user):
				self.act_as(user)
				self.assertEqual(frappe.has_permission(ASSESSMENT, "read", doc.name), sees)
				found = frappe.get_list(ASSESSMENT, pluck="name") if sees or self.may_list() else []
				self.assertEqual(doc.name in found, sees)

	def may_list(self) -> bool:
		return frappe.has_permission(ASSESSMENT, "read")

	def test_headquarters_head_reads_days_and_not_what_was_found(self) -> None:
		doc = self.answer(self.begin(self.at_visit()))
		self.act_as(self.country.head)
		doc = frappe.get_doc(ASSESSMENT, doc.name)
		doc.apply_fieldlevel_read_permissions()
		self.assertFalse(doc.get("answers") or doc.get("total_percent") or doc.get("opinion"))
		self.assertTrue(doc.assessment_kind)

	def test_nobody_begins_one_elsewhere(self) -> None:
		self.assertRefused(frappe.PermissionError, self.begin, self.at_visit(), tools.INITIAL, self.stranger)


class TestTools(AssessmentTestCase):
	def setUp(self) -> None:
		super().setUp()
		self.act_as("Administrator")

	def test_two_versions_are_not_in_force_on_one_day(self) -> None:
		new = frappe.copy_doc(frappe.get_doc(TOOL, "KST-VISIT-1"))
		new.version = 2
		self.assertRefused(KafalaStudyToolError, new.insert)
		old = frappe.get_doc(TOOL, "KST-VISIT-1")
		old.valid_to = add_days(nowdate(), -1)
		old.save()
		new = frappe.copy_doc(old)
		new.update({"version": 2, "valid_from": nowdate(), "valid_to": None})
		new.insert()
		self.assertEqual(tools.in_force(tools.INITIAL, nowdate()), "KST-VISIT-2")
		self.assertEqual(tools.in_force(tools.INITIAL, add_days(nowdate(), -1)), "KST-VISIT-1")

	def test_what_families_were_assessed_with_is_not_rewritten(self) -> None:
		self.begin(self.at_visit())
		self.act_as("Administrator")
		tool = frappe.get_doc(TOOL, "KST-VISIT-1")
		tool.get("items")[0].weight = 1
		self.assertRefused(KafalaStudyToolError, tool.save)
		self.assertRefused(KafalaStudyToolError, frappe.delete_doc, TOOL, "KST-VISIT-1")

	def test_a_question_is_scored_or_feeds_one_finding(self) -> None:
		for values in (
			{"feeds": "drug_test"},
			{"highest_score": 11},
			{"weight": 0},
			{"item_code": "V-02"},
		):
			tool = frappe.get_doc(TOOL, "KST-VISIT-1")
			tool.get("items")[0].update(values)
			with self.subTest(**values):
				self.assertRefused(KafalaStudyToolError, tool.save)
