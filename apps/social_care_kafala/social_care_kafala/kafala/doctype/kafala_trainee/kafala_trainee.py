from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import cint, nowdate
from social_care.registry.child_paper import ChildRecord

from social_care_kafala.kafala.doctype.kafala_training_course.kafala_training_course import (
	PLANNED,
	KafalaTrainingError,
	trainees,
)
from social_care_kafala.kafala.path import states
from social_care_kafala.kafala.training import results


class KafalaTrainee(ChildRecord):
	"""An adult of a family in a course of the mandatory training, with the presence of each day; it follows the family's file."""

	title: ClassVar[str] = results.TRAINEE
	error = KafalaTrainingError

	def on_trash(self) -> None:
		frappe.throw(_("Who was entered for a course stays."), frappe.PermissionError, title=_("Not Deleted"))

	def place(self) -> tuple[str | None, str | None]:
		"""Where the family's file is kept."""
		before = self.get_doc_before_save()
		return frappe.db.get_value(states.DOCTYPE, (before or self).family_file, "org_unit"), None

	def check_content(self) -> None:
		course = frappe.get_doc(results.COURSE, self.course)
		if self.is_new():
			self.check_place_in(course)
		elif course.status != PLANNED and not self.flags.gives_result:
			self.refuse(_("The course is closed; its attendance is not rewritten."))
		self.set_name_of_trainee()
		results.lay_out(self, course)
		results.sum_up(self)
		if self.flags.gives_result:
			self.result, self.result_on = results.result_of(self), nowdate()

	def check_place_in(self, course) -> None:
		"""The course is planned and has a place left, and the adult is not in it yet."""
		if course.status != PLANNED:
			self.refuse(_("The course takes no trainees any more."))
		frappe.db.get_value(results.COURSE, course.name, "name", for_update=True)
		if cint(course.most_trainees) and trainees(course.name) >= cint(course.most_trainees):
			self.refuse(_("The course has no place left."))
		same = {"course": course.name, "family_file": self.family_file, "part": self.part}
		if frappe.db.exists(results.TRAINEE, same):
			self.refuse(_("This adult is entered for the course already."))

	def set_name_of_trainee(self) -> None:
		"""The adult of the family's file who is trained."""
		wanted = {"parent": self.family_file, "parenttype": states.DOCTYPE, "part": self.part}
		name = frappe.db.get_value("Kafala Family Adult", wanted, "full_name")
		if not name:
			self.refuse(_("The family has no such adult."))
		self.trainee_name = name
