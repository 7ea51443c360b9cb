from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import comma_and, flt, getdate, nowdate
from social_care.registry.child_paper import ChildPaper

from social_care_kafala.kafala.assessments import answers, feeding, tools
from social_care_kafala.kafala.path import clock, states


class KafalaAssessmentError(frappe.ValidationError):
	"""An assessment, or a step of it, that the rules do not allow now."""


class KafalaAssessment(ChildPaper):
	"""A visit or study of a family that applies for kafala, on a tool; it feeds the family's file and is reviewed with the forms."""

	title: ClassVar[str] = feeding.ASSESSMENT
	error = KafalaAssessmentError
	deciding: ClassVar[set[str]] = {"return_reason"}
	steps: ClassVar[dict[str, str]] = {
		feeding.COMPLETED: "complete",
		feeding.REVIEWED: "review",
		feeding.DRAFT: "open_again",
	}

	def on_trash(self) -> None:
		frappe.throw(
			_("An assessment is completed, not deleted."), frappe.PermissionError, title=_("Not Deleted")
		)

	def place(self) -> tuple[str | None, str | None]:
		"""Where the family's file is kept."""
		before = self.get_doc_before_save()
		return frappe.db.get_value(states.DOCTYPE, (before or self).family_file, "org_unit"), None

	def keep_system_fields(self) -> None:
		super().keep_system_fields()
		before = self.get_doc_before_save()
		self.tool = before.tool if before else tools.in_force(self.assessment_kind, nowdate())
		self.last_visit_on = max(
			(getdate(row.visited_on) for row in self.visits if row.visited_on), default=None
		)

	def check_content(self) -> None:
		self.check_begun()
		self.check_open()
		self.check_visits()
		answers.lay_out(self)
		answers.check(self)
		answers.sum_up(self)

	def check_begun(self) -> None:
		"""A tool is in force, and no other assessment of the kind is being made."""
		if not self.tool:
			self.refuse(_("There is no tool in force for «{0}».").format(_(self.assessment_kind)))
		if not self.is_new():
			return
		frappe.db.get_value(states.DOCTYPE, self.family_file, "name", for_update=True)
		wanted = {"family_file": self.family_file, "assessment_kind": self.assessment_kind}
		other = frappe.db.get_value(
			self.doctype, wanted | {"status": ["!=", feeding.REVIEWED]}, for_update=True
		)
		if other:
			self.refuse(
				_("The assessment {0} of this kind is not reviewed yet; go on with it.").format(other)
			)

	def check_open(self) -> None:
		"""What was completed is opened again before it is written in; with a step nothing else is written."""
		before = self.get_doc_before_save()
		if before and before.status != feeding.DRAFT and self.changes() - self.deciding:
			self.refuse(_("It is {0}; it cannot be edited now by you.").format(_(before.status)))

	def check_visits(self) -> None:
		for row in self.visits:
			if row.visited_on and getdate(row.visited_on) > getdate(nowdate()):
				self.refuse(_("{0} lies in the future.").format(_("Day of the Visit")))

	def complete(self) -> None:
		"""A visit, every required answer and a recommendation; then the file has what was found."""
		if not self.visits:
			self.refuse(_("Write at least one visit."))
		if missing := answers.open_questions(self):
			self.refuse(_("Not answered yet: {0}").format(comma_and(missing[:3], add_quotes=False)))
		self.need("recommendation", "opinion")
		self.check_recommendation()
		self.stamp("completed")
		self.return_reason = ""
		feeding.feed(self)

	def check_recommendation(self) -> None:
		"""A study ends with yes or no, and with yes only at the least score of the settings."""
		if self.assessment_kind == tools.INITIAL:
			return
		if self.recommendation == "Needs Completion":
			self.refuse(_("A study that needs completion is not completed."))
		least = flt(clock.settings().least_study_percent)
		if self.recommendation == "Suitable" and flt(self.total_percent) < least:
			self.refuse(_("Families are found suitable from {0} percent on.").format(f"{least:g}"))

	def open_again(self) -> None:
		"""Back to its writers, with a reason; the file keeps what was found until it is completed again."""
		self.need("return_reason")
		self.completed_by = self.completed_on = None

	def review(self) -> None:
		"""By the directorate; whoever wrote in it does not."""
		self.four_eyes()
		self.stamp("reviewed")
