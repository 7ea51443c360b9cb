"""The rules of one corrective action: written by the supervising level, done by the institution, accepted or returned."""

from typing import ClassVar

import frappe
from frappe import _
from frappe.utils import cint, getdate, nowdate
from social_care import system_fields
from social_care.organisation.transitions import check_role
from social_care.registry.file_review import changed_fields
from social_care.workflow_actions import note_next_step

from social_care_inspections.inspections.actions import follow_up, notices, states
from social_care_inspections.inspections.actions.plan import count, visit_found
from social_care_inspections.inspections.paper import InstitutionPaper, Place
from social_care_inspections.inspections.visits import evidence
from social_care_inspections.inspections.visits.people import officers_of


class CorrectiveActionError(frappe.ValidationError):
	"""An action, or a step of it, that the rules do not allow now."""


class RequiredAction(InstitutionPaper):
	"""One thing that an institution has to put right, at the place of its plan."""

	title: ClassVar[str] = states.ACTION
	error = CorrectiveActionError
	steps: ClassVar[dict[str, str]] = {
		states.TO_DO: "give_back",
		states.REPORTED: "report",
		states.ACCEPTED: "accept",
		states.NOT_DONE: "find_not_done",
		states.WITHDRAWN: "withdraw",
	}

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		note_next_step(self, "status")
		count(self.corrective_action_plan)
		if before and before.status != self.status:
			notices.tell_of_action(self)
			follow_up.enqueue_when_due(self.corrective_action_plan)

	def keep_system_fields(self) -> None:
		"""Also of new rows, whose institution is the plan's."""
		system_fields.keep(self, but=self.fills_itself)
		if not self.get_doc_before_save():
			fields = ["institution", "institution_name"]
			found = frappe.db.get_value(
				states.PLAN, self.corrective_action_plan, fields, as_dict=True, for_update=True
			)
			self.update(found or {})

	def place(self) -> Place:
		"""That of the plan."""
		found = frappe.db.get_value(
			states.PLAN, self.corrective_action_plan, ["org_unit", "institution"], for_update=True
		)
		return found or (None, None)

	def plan(self) -> dict:
		"""State and times of the plan, locked until this save is through: a plan does not close meanwhile."""
		fields = ["status", "due_on", "follow_up_visit"]
		return frappe.db.get_value(
			states.PLAN, self.corrective_action_plan, fields, as_dict=True, for_update=True
		)

	def check_content(self) -> None:
		evidence.check_files(self)
		if self.responsible_user and self.responsible_user not in officers_of(self.institution):
			self.refuse(_("The owner of an action holds an office in the institution."))
		if self.responsible_user and not self.responsible_name:
			self.responsible_name = frappe.db.get_value("User", self.responsible_user, "full_name")
		if not 0 <= (self.percent_done or 0) <= 100:
			self.refuse(_("Percent lies between 0 and 100."))

	def guard_path(self) -> None:
		before = self.get_doc_before_save()
		changed = changed_fields(self, before)
		if not before:
			self.begin(changed)
			return
		if changed:
			self.check_changes(before, changed)
			self.note_extension(before, changed)
			self.add_editor()
		if before.status != self.status:
			check_role(before, self.status, *self.place(), _(self.title))
			begun = self.plan().status in states.STARTED
			if not begun and self.status != states.WITHDRAWN:
				self.refuse(_("The plan is not in progress."))
			getattr(self, self.steps[self.status])()

	def begin(self, changed: set[str]) -> None:
		"""An action begins as something to be done, in a plan that takes further ones."""
		if self.plan().status not in (states.DRAFT, states.RUNNING):
			self.refuse(_("The plan takes no further actions."))
		if changed - states.TERMS - {"corrective_action_plan"} or self.evidence:
			self.refuse(_("An action begins with what is to be done; what was done is written afterwards."))
		if self.plan().status == states.RUNNING and not self.is_owned_and_ahead():
			self.refuse(
				_(
					"An action of a plan in progress has an owner at the institution and a day that has not passed."
				)
			)
		self.add_editor()

	def is_owned_and_ahead(self) -> bool:
		return bool(self.responsible_name and self.due_on) and getdate(self.due_on) >= getdate(nowdate())

	def check_changes(self, before, changed: set[str]) -> None:
		parts = states.ACTION_WRITTEN.get(before.status, {})
		self.check_parts(before, changed, parts, others="supervisor", institution=states.HOME)

	def note_extension(self, before, changed: set[str]) -> None:
		"""A later day is given with a reason, and counted; of a running plan no action becomes due earlier."""
		if "due_on" not in changed or self.plan().status == states.DRAFT:
			return
		if getdate(self.due_on) < getdate(before.due_on):
			self.refuse(_("The time of an action is not shortened after the plan has begun."))
		if "extension_reason" not in changed or not self.extension_reason:
			self.refuse(_("Say why the action gets more time."))
		self.times_extended = cint(before.times_extended) + 1
		self.told_directorate_on = self.told_headquarters_on = None

	# Steps

	def report(self) -> None:
		"""By the institution, with what was done and the evidence for it."""
		self.need("progress_note")
		if not self.evidence:
			self.refuse(_("Add the evidence of what was done."))
		self.return_reason = ""
		self.percent_done = 100
		self.stamp("reported")

	def give_back(self) -> None:
		"""With a reason; the institution reports anew."""
		self.need("return_reason")
		self.times_returned = cint(self.times_returned) + 1
		self.reported_by = self.reported_on = None

	def accept(self) -> None:
		self.decide()

	def find_not_done(self) -> None:
		"""By what the follow-up visit found, with a reason."""
		if not visit_found(self.plan().follow_up_visit):
			self.refuse(_("The follow-up visit has no report yet."))
		self.need("outcome_note")
		self.decide()

	def withdraw(self) -> None:
		self.need("outcome_note")
		self.decide()

	def decide(self) -> None:
		"""By somebody who neither reported it nor holds an office in the institution."""
		taken = {self.reported_by} | officers_of(self.institution)
		self.other_hands(taken, _("Whoever did the action does not decide on it."))
		self.stamp("decided")
