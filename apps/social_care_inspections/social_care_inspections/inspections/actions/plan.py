"""The rules of a corrective action plan, however it is saved."""

from typing import ClassVar

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count, Max, Sum
from frappe.utils import flt, getdate, nowdate
from social_care.organisation.transitions import check_role
from social_care.registry.file_review import changed_fields
from social_care.workflow_actions import note_next_step

from social_care_inspections.inspections.actions import notices, states
from social_care_inspections.inspections.paper import InstitutionPaper
from social_care_inspections.inspections.violations import states as violations
from social_care_inspections.inspections.visits import states as visits

# States of a visit in which its findings are before the levels above, or approved.
FOUND = (*visits.UNDER_REVIEW, visits.APPROVED)


class CorrectiveActionPlanError(frappe.ValidationError):
	"""A plan, or a step of it, that the rules do not allow now."""


class ActionPlan(InstitutionPaper):
	"""What one institution has to put right, until when, and who saw that it did.

	The institution sees the row by `shown_institution` (hooks.py), which is empty while the plan is a draft.
	"""

	title: ClassVar[str] = states.PLAN
	error = CorrectiveActionPlanError
	deciding: ClassVar[set[str]] = {"closing_note", "cancel_reason"}
	steps: ClassVar[dict[str, str]] = {
		states.RUNNING: "start",
		states.FOLLOW_UP: "order_follow_up",
		states.CLOSED: "close",
		states.CANCELLED: "cancel_plan",
	}

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		note_next_step(self, "status")
		if before and before.status != self.status:
			notices.tell_of_plan(self)

	def check_content(self) -> None:
		before = self.get_doc_before_save()
		if not before or before.status == states.DRAFT:
			self.check_source()
			if self.due_on and getdate(self.due_on) < getdate(nowdate()):
				self.refuse(_("The plan ends before it begins."))

	def check_source(self) -> None:
		"""Corrective actions come from a visit that was reported or from a violation; an improvement from neither."""
		self.plan_kind = self.plan_kind or states.CORRECTIVE  # an import sets no defaults
		if self.plan_kind == states.IMPROVEMENT:
			if self.institution_visit or self.violation_record:
				self.refuse(_("An improvement plan comes from no visit and no violation."))
			return
		if not self.institution_visit and not self.violation_record:
			self.refuse(_("Choose the visit or the violation that the plan comes from."))
		self.check_from(visits.DOCTYPE, self.institution_visit, FOUND, _("The visit has no report yet."))
		self.check_from(
			violations.RECORD,
			self.violation_record,
			violations.OPEN,
			_("The violation is not open any more."),
		)

	def check_from(self, doctype: str, name: str | None, open_states: tuple, sentence: str) -> None:
		if not name:
			return
		institution, status = frappe.db.get_value(doctype, name, ["institution", "status"]) or (None, None)
		if institution != self.institution:
			self.refuse(_("The source of the plan is about another institution."))
		if status not in open_states:
			self.refuse(sentence)

	def guard_path(self) -> None:
		before = self.get_doc_before_save()
		changed = changed_fields(self, before)
		if changed - self.deciding:
			self.add_editor()
		if not before:
			return
		if changed - states.PLAN_WRITTEN.get(before.status, frozenset()):
			self.refuse(_("What is {0} is not rewritten any more.").format(_(before.status)))
		if before.status == self.status:
			self.check_editing(changed)
			return
		if self.status != states.FOLLOW_UP:
			check_role(before, self.status, *self.place(), _(self.title))
		getattr(self, self.steps[self.status])()

	# Steps, in the order of the states

	def start(self) -> None:
		"""The institution sees the plan from now on; every action has an owner there and a day within the plan's time."""
		fields = ["name", "status", "responsible_name", "due_on"]
		rows = [row for row in actions_of(self.name, fields) if row.status != states.WITHDRAWN]
		if not rows:
			self.refuse(_("The plan has no actions yet."))
		for row in rows:
			if not row.responsible_name:
				self.refuse(_("Action {0} has no owner at the institution.").format(row.name))
			if getdate(row.due_on) > getdate(self.due_on):
				self.refuse(_("Action {0} is due after the end of the plan.").format(row.name))
		self.stamp("started")
		self.shown_institution = self.institution

	def order_follow_up(self) -> None:
		self.refuse(_("The system itself orders the follow-up visit."))

	def close(self) -> None:
		"""By what the follow-up visit found; without it only where every action was accepted, and by other hands."""
		self.need("closing_note")
		rows = actions_of(self.name, ["status", "decided_by"], lock=True)
		if any(row.status in states.OPEN for row in rows):
			self.refuse(_("Actions of this plan are still open."))
		if visit_found(self.follow_up_visit):
			self.closing_basis = states.BY_VISIT
		elif any(row.status == states.NOT_DONE for row in rows):
			self.refuse(_("The follow-up visit has no report yet."))
		elif all(row.status == states.WITHDRAWN for row in rows):
			self.refuse(_("All actions of the plan were withdrawn: cancel it instead."))
		else:
			self.closing_basis = states.BY_ACCEPTANCE
			taken = self.hands() | {row.decided_by for row in rows}
			self.other_hands(
				taken, _("Whoever wrote the plan or accepted one of its actions does not close it.")
			)
		self.stamp("closed")

	def cancel_plan(self) -> None:
		self.need("cancel_reason")


def visit_found(visit: str | None) -> bool:
	"""Whether the findings of a follow-up visit are there."""
	return bool(visit) and frappe.db.get_value(visits.DOCTYPE, visit, "status") in FOUND


def actions_of(plan: str, fields: list[str], lock: bool = False) -> list[dict]:
	"""Actions of one plan, which the caller may write; locked, they are those of this moment and not of the request's begin."""
	return frappe.db.get_values(
		states.ACTION,
		{"corrective_action_plan": plan},
		fields,
		as_dict=True,
		order_by="name asc",
		for_update=lock,
	)


def count(plan: str) -> None:
	"""Write what the plan repeats of its actions: one query and one statement. An extended action extends the plan.

	The rows are read locked: another step of the same plan may have been stored while this one waited for the plan.
	"""
	action = DocType(states.ACTION)
	query = frappe.qb.from_(action).select(action.status, Count("*"), Sum(action.budget), Max(action.due_on))
	rows = query.where(action.corrective_action_plan == plan).groupby(action.status).for_update().run()
	numbers = {status: number for status, number, _budget, _last in rows}
	values = {
		"action_count": sum(numbers.values()),
		"open_count": numbers.get(states.TO_DO, 0),
		"reported_count": numbers.get(states.REPORTED, 0),
		"accepted_count": numbers.get(states.ACCEPTED, 0),
		"failed_count": numbers.get(states.NOT_DONE, 0),
		"budget": sum(flt(budget) for _status, _number, budget, _last in rows),
	}
	due, status = frappe.db.get_value(states.PLAN, plan, ["due_on", "status"])
	last = max((day for _status, _number, _budget, day in rows if day), default=None)
	if status in states.STARTED and last and last > getdate(due):
		values["due_on"] = last
	frappe.db.set_value(states.PLAN, plan, values, update_modified=False)
