"""The mandatory training: courses, attendance day by day, results by the bound of the settings, and what the file has of them."""

import frappe
from frappe.utils import add_days, nowdate
from social_care.tests import factories

from social_care_kafala.kafala.doctype.kafala_family_file.kafala_family_file import KafalaFileError
from social_care_kafala.kafala.doctype.kafala_training_course.kafala_training_course import (
	HELD,
	KafalaTrainingError,
)
from social_care_kafala.kafala.path import states
from social_care_kafala.kafala.training.prints import kafala_training_certificate
from social_care_kafala.kafala.training.results import COURSE, FAILED, PASSED, TRAINEE
from social_care_kafala.tests import cases
from social_care_kafala.tests.cases import DOCTYPE
from social_care_kafala.tests.test_family_file import FileTestCase


class TrainingTestCase(FileTestCase):
	@classmethod
	def setUpClass(cls) -> None:
		super().setUpClass()
		cls.secretary = factories.staff(cases.SECRETARY, cls.here.directorate)

	def course(self, user: str | None = None, **values):
		"""Two days of four hours and one of two, the last of them today."""
		self.act_as(user or self.here.chief)
		days = [(2, 4), (1, 4), (0, 2)]
		first = {
			"doctype": COURSE,
			"title": "تدريب الأسر الكافلة",
			"org_unit": self.here.directorate,
			"provider": "جمعية",
			"held_at": "مقر المديرية",
			"days": [
				{"day": add_days(nowdate(), -back), "hours": hours, "topic": "الرعاية"}
				for back, hours in days
			],
		}
		return frappe.get_doc(first | values).insert()

	def enter(self, course, file, part: str, user: str | None = None):
		self.act_as(user or self.specialist)
		values = {"doctype": TRAINEE, "course": course.name, "family_file": file.name, "part": part}
		return frappe.get_doc(values).insert()

	def attend(self, trainee, *days: int):
		self.act_as(self.specialist)
		trainee = frappe.get_doc(TRAINEE, trainee.name)
		for index in days:
			trainee.attendance[index].was_present = 1
		return trainee.save()

	def close(self, course, status: str = HELD):
		self.act_as(self.here.chief)
		course = frappe.get_doc(COURSE, course.name)
		course.status = status
		return course.save()

	def in_training(self):
		return cases.at(self.file(**cases.STUDY), states.TRAINING)

	def both(self, wife: tuple[int, ...], husband: tuple[int, ...] = (0, 1, 2)):
		"""A course with a couple that came on these days, closed; the file as it is then."""
		file, course = self.in_training(), self.course()
		self.attend(self.enter(course, file, "Husband"), *husband)
		self.attend(self.enter(course, file, "Wife"), *wife)
		self.close(course)
		return frappe.get_doc(DOCTYPE, file.name)


class TestResults(TrainingTestCase):
	def test_whoever_came_passes_and_the_condition_with_them(self) -> None:
		file = self.both((0, 1))
		self.assertEqual((file.training_result, str(file.training_on)), (PASSED, nowdate()))
		self.assertEqual(self.answers(file)["training"], "Pass")

	def test_below_the_bound_nobody_passes(self) -> None:
		file = self.both((0, 2))
		found = {
			row.part: (row.attended_percent, row.result)
			for row in frappe.get_all(
				TRAINEE, filters={"family_file": file.name}, fields=["part", "attended_percent", "result"]
			)
		}
		self.assertEqual(found, {"Husband": (100, PASSED), "Wife": (60, FAILED)})
		self.assertEqual(file.training_result, FAILED)

	def test_the_bound_is_a_setting(self) -> None:
		frappe.db.set_single_value("Kafala Settings", "least_attendance_percent", 60)
		frappe.clear_document_cache("Kafala Settings", "Kafala Settings")
		self.assertEqual(self.both((0, 2)).training_result, PASSED)

	def test_every_adult_is_trained_and_a_later_course_counts(self) -> None:
		file, course = self.in_training(), self.course()
		self.attend(self.enter(course, file, "Husband"), 0, 1, 2)
		self.close(course)
		self.assertFalse(frappe.db.get_value(DOCTYPE, file.name, "training_result"))
		for days, result in (((0,), FAILED), ((0, 1, 2), PASSED)):
			again = self.course()
			self.attend(self.enter(again, file, "Wife"), *days)
			self.close(again)
			self.assertEqual(frappe.db.get_value(DOCTYPE, file.name, "training_result"), result)

	def test_a_result_is_not_written_by_hand(self) -> None:
		file = self.both((0, 1))
		self.act_as(self.specialist)
		file.training_result = FAILED
		self.assertRefused(KafalaFileError, file.save)
		trainee = frappe.get_doc(TRAINEE, {"family_file": file.name, "part": "Wife"})
		trainee.attendance[2].was_present = 1
		self.assertRefused(KafalaTrainingError, trainee.save)
		free = self.in_training()
		free.training_result = PASSED
		free.save()

	def test_a_client_gives_no_result(self) -> None:
		trainee = self.enter(self.course(), self.in_training(), "Wife")
		trainee.update(
			{"result": PASSED, "attended_percent": 100, "hours_attended": 10, "trainee_name": "غيره"}
		)
		trainee.attendance[0].hours = 99
		trainee.save()
		self.assertEqual((trainee.result or "", trainee.attended_percent), ("", 0))
		self.assertNotEqual(trainee.trainee_name, "غيره")
		self.assertEqual(trainee.attendance[0].hours, 4)


class TestCourses(TrainingTestCase):
	def test_days(self) -> None:
		course = self.course()
		self.assertEqual((course.total_hours, str(course.last_day)), (10, nowdate()))
		twice = [{"day": nowdate(), "hours": 1, "topic": "أ"}] * 2
		self.assertRefused(KafalaTrainingError, self.course, days=twice)
		self.assertRefused(
			KafalaTrainingError, self.course, days=[{"day": nowdate(), "hours": 0, "topic": "أ"}]
		)

	def test_it_is_closed_after_its_last_day_and_with_trainees(self) -> None:
		course = self.course()
		self.assertRefused(KafalaTrainingError, self.close, course)
		later = self.course(days=[{"day": add_days(nowdate(), 3), "hours": 4, "topic": "أ"}])
		self.enter(later, self.in_training(), "Wife")
		self.assertRefused(KafalaTrainingError, self.close, later)
		self.assertRefused(KafalaTrainingError, self.course, status=HELD)

	def test_what_was_closed_is_not_rewritten(self) -> None:
		course = self.close(self.course(), "Course Cancelled")
		course.title = "غيره"
		self.assertRefused(KafalaTrainingError, course.save)
		self.assertRefused(KafalaTrainingError, self.enter, course, self.in_training(), "Wife")
		self.assertRefused(frappe.PermissionError, frappe.delete_doc, COURSE, course.name)

	def test_places_and_adults(self) -> None:
		course, file = self.course(most_trainees=1), self.in_training()
		self.enter(course, file, "Wife")
		self.assertRefused(KafalaTrainingError, self.enter, course, file, "Husband")
		wide = self.course()
		self.enter(wide, file, "Wife")
		self.assertRefused(KafalaTrainingError, self.enter, wide, file, "Wife")
		self.assertRefused(KafalaTrainingError, self.enter, wide, file, "Man Who Applies Alone")


class TestWhoMay(TrainingTestCase):
	def test_a_course_is_written_at_its_place_and_names_no_family(self) -> None:
		course = self.course()
		self.assertRefused(frappe.PermissionError, self.course, self.there.chief)
		self.act_as(self.there.chief)
		self.assertTrue(frappe.has_permission(COURSE, "read", course.name))
		other = frappe.get_doc(COURSE, course.name)
		other.held_at = "غيره"
		self.assertRefused(frappe.PermissionError, other.save)

	def test_a_trainee_follows_the_family(self) -> None:
		file = self.in_training()
		trainee = self.enter(self.course(), file, "Wife")
		for user, sees in (
			(self.specialist, True),
			(self.here.chief, True),
			(self.secretary, True),
			(self.stranger, False),
			(self.there.chief, False),
			(self.here.director, False),
			(self.here.entry, False),
			(self.here.officer, False),
		):
			with self.subTest(user):
				self.act_as(user)
				self.assertEqual(frappe.has_permission(TRAINEE, "read", trainee.name), sees)
		self.assertRefused(frappe.PermissionError, self.enter, self.course(), file, "Husband", self.stranger)


class TestCertificate(TrainingTestCase):
	def test_of_whoever_passed(self) -> None:
		file = self.both((0,))
		passed = frappe.get_doc(TRAINEE, {"family_file": file.name, "part": "Husband"})
		paper = kafala_training_certificate(passed)
		self.assertIn(passed.trainee_name, paper["sentence"])
		self.assertEqual(len(paper["days"]), 3)
		self.assertIn("١٠ من ١٠", str(paper["facts"]))
		html = frappe.get_print(TRAINEE, passed.name, "Kafala Training Certificate", doc=passed)
		self.assertNotIn("Passed", html)
		failed = frappe.get_doc(TRAINEE, {"family_file": file.name, "part": "Wife"})
		self.assertRefused(frappe.ValidationError, kafala_training_certificate, failed)
