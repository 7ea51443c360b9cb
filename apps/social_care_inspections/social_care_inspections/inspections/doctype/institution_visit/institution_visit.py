from typing import ClassVar

import frappe
from frappe import _
from frappe.model.naming import make_autoname
from frappe.utils import add_days, cint, getdate, nowdate
from social_care.registry.file_review import changed_fields
from social_care.workflow_actions import note_next_step

from social_care_inspections.inspections.actions import follow_up
from social_care_inspections.inspections.paper import InstitutionPaper, due_after, is_past
from social_care_inspections.inspections.visits import (
	checklist,
	effect,
	evidence,
	explanation,
	notes,
	notices,
	people,
	states,
	steps,
)

REPORT_SERIES = "IR-.YYYY.-.#####"


class InstitutionVisitError(frappe.ValidationError):
	"""A visit, or a step of it, that the rules do not allow now."""


class InstitutionVisit(InstitutionPaper):
	"""One visit to one institution: ordered, made with a checklist, reported, approved up the three levels.

	The institution sees the row by `shown_institution` (hooks.py), which is empty while an unannounced visit has not begun.
	"""

	title: ClassVar[str] = states.DOCTYPE
	error = InstitutionVisitError
	steps: ClassVar[dict[str, str]] = {
		states.BEGUN: "begin",
		states.COMPLETED: "complete",
		states.REPORTED: "report",
		states.ADMINISTRATION: "review_by_administration",
		states.DIRECTORATE: "review_by_directorate",
		states.APPROVED: "approve",
		states.CANCELLED: "cancel_visit",
	}

	def onload(self) -> None:
		self.set_onload("explanation", explanation.explain(self))
		self.set_onload("growth", checklist.growth_records(self))

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		note_next_step(self, "status")
		if not before or before.status != self.status:
			notices.tell(self)
			if self.status == states.CANCELLED:
				follow_up.give_up(self)

	def check_content(self) -> None:
		before = self.get_doc_before_save()
		if self.visit_kind == states.UNANNOUNCED:
			self.is_unannounced = 1
		if not before or before.status == states.PLANNED:
			self.check_plan()
			self.show_announced()
		checklist.keep_rows(self)
		checklist.check_answers(self)
		evidence.check(self)

	def check_plan(self) -> None:
		"""The team, the tool and the days of a visit that has not begun."""
		people.check_inspectors(self)
		self.check_past("order_date")
		if self.assessment_tool and not checklist.is_meant_for(self.assessment_tool, self.institution_type):
			self.refuse(_("The assessment tool is not meant for this kind of institution."))
		if self.assessment_tool and not checklist.has_purpose(self):
			self.refuse(
				_("An audit of accessibility has a tool of its own, and other visits have none of these.")
			)

	def show_announced(self) -> None:
		"""An announced visit is seen by the institution from its planning on."""
		self.shown_institution = None if cint(self.is_unannounced) else self.institution

	def guard_path(self) -> None:
		before = self.get_doc_before_save()
		changed = changed_fields(self, before)
		if not before:
			self.check_new(changed)
			return
		steps.check_changes(self, before, changed)
		if changed & (states.REPORT | {"answers"}):
			self.add_editor()
			checklist.score(self)
		if "inspector_signature" in changed:
			self.stamp("signed")
		if "institution_reply" in changed:
			self.stamp("replied")
			self.replied_late = int(is_past(self.reply_due_on))
		if before.status != self.status:
			steps.check_step(self, before)
			getattr(self, self.steps[self.status])()

	def check_new(self, changed: set[str]) -> None:
		"""A visit begins as a plan, whatever was sent with it."""
		if changed - states.PLAN - {"institution"} or self.answers or self.evidence:
			self.refuse(_("A visit begins as a plan; what was found is written when it has begun."))

	# Steps, in the order of the states

	def begin(self) -> None:
		"""The visit is there: the version of the tool in force on its day is taken. Or an inspector reopens the checklist."""
		if self.get_doc_before_save().status == states.COMPLETED:
			return
		self.visited_on = self.visited_on or nowdate()
		self.check_day()
		checklist.begin(self, self.visit_kind in states.SCORED)
		self.shown_institution = self.institution
		self.stamp("begun")

	def check_day(self) -> None:
		"""A visit may be entered late, within the days of the settings, and never before it was made."""
		self.check_past("visited_on")
		day, days = getdate(self.visited_on), cint(self.setting("late_entry_days"))
		if day < getdate(add_days(nowdate(), -days)):
			self.refuse(_("The visit lies more than {0} days back.").format(days))

	def complete(self) -> None:
		"""Everything is answered and signed; or the report comes back from a level above."""
		if self.get_doc_before_save().status in states.UNDER_REVIEW:
			self.give_back()
			return
		checklist.check_complete(self)
		self.need("findings")
		self.check_signature()
		checklist.score(self)
		self.stamp("completed")
		self.report_due_on = due_after(self.setting("report_days"))
		effect.note_visit(self)

	def check_signature(self) -> None:
		"""The institution's representative signs, or the inspectors say why he did not."""
		self.need("representative_name")
		if cint(self.refused_to_sign):
			self.need("refusal_reason")
		else:
			self.need("representative_signature")

	def give_back(self) -> None:
		"""A level above returns the report with a reason; its number stays, reviews begin anew."""
		self.need("return_reason")
		self.step_due_on = None
		self.report_due_on = due_after(self.setting("report_days"))
		for step in ("administration_reviewed", "directorate_reviewed"):
			self.update({f"{step}_by": None, f"{step}_on": None})

	def report(self) -> None:
		"""Signed by the account of whoever sends it, numbered, and before the first level; sealed notes are closed."""
		self.report_number = self.report_number or make_autoname(REPORT_SERIES)
		self.reported_late = int(bool(self.reported_late) or is_past(self.report_due_on))
		self.stamp("reported")
		self.return_reason = ""
		self.reply_due_on = self.reply_due_on or due_after(self.setting("reply_days"))
		self.step_due_on = due_after(self.setting("administration_days"))
		notes.seal(self.name)

	def review_by_administration(self) -> None:
		self.take_review("administration_reviewed", "directorate_days")

	def review_by_directorate(self) -> None:
		self.take_review("directorate_reviewed", "headquarters_days")

	def approve(self) -> None:
		"""Headquarters approves once the institution has replied, or the time for it has passed."""
		if not self.institution_reply and self.reply_due_on and not is_past(self.reply_due_on):
			self.refuse(_("The institution may still reply to the report."))
		self.take_review("approved", None)
		effect.note_grade(self)

	def take_review(self, step: str, days: str | None) -> None:
		"""By somebody who neither made the visit nor reviewed it on another level."""
		taken = {row.user for row in self.inspectors} | set((self.content_editors or "").split())
		taken |= {self.administration_reviewed_by, self.directorate_reviewed_by}
		self.other_hands(taken, _("Whoever made the visit or reviewed it already does not review it here."))
		self.steps_late = cint(self.steps_late) + int(is_past(self.step_due_on))
		self.stamp(step)
		self.step_due_on = due_after(self.setting(days)) if days else None

	def cancel_visit(self) -> None:
		self.need("cancel_reason")

	def setting(self, field: str):
		"""A value of Inspection Settings."""
		return frappe.get_cached_doc("Inspection Settings").get(field)
