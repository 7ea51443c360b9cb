"""Steps of a closing: drawn up from the settings when it is ordered, ticked off one by one."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, cint, nowdate
from social_care import system_fields

from social_care_inspections.inspections.closings.settings import settings

ALL = "All Results"


def draw_up(case: Document) -> None:
	"""The steps of the closing's result, each with the day until which it is due."""
	case.set("steps", [])
	for kind in settings().steps:
		if kind.applies_to in (ALL, case.expected_result):
			row = {field: kind.get(field) for field in ("step_code", "title", "owner_role", "is_required")}
			case.append("steps", row | {"due_on": add_days(case.decision_date, cint(kind.due_days))})


def keep(case: Document) -> None:
	"""Rows are neither added nor taken away; who did a step, and when, is written by the system."""
	before = case.get_doc_before_save()
	stored = {row.name: row for row in before.steps} if before else {}
	if case.status == "Ordered" and (not before or before.status != "Ordered"):
		return  # just drawn up
	if {row.name for row in case.steps} != set(stored):
		case.refuse(_("Steps of a closing are ticked off; they are neither added nor removed."))
	system_fields.keep_rows(case, "steps")
	for row in case.steps:
		if cint(row.done) != cint(stored[row.name].done):
			check_owner(case, row)
			row.done_by, row.done_on = (frappe.session.user, nowdate()) if row.done else (None, None)


def check_owner(case: Document, row: Document) -> None:
	"""A step is ticked off by whoever holds its role at the institution's place, or by headquarters' head."""
	from social_care.organisation.grants import roles_at

	user = frappe.session.user
	if user != "Administrator" and not {row.owner_role, "Central Administration Head"} & roles_at(
		user, *case.place()
	):
		case.refuse(_("The step «{0}» belongs to: {1}").format(row.title, _(row.owner_role)))


def missing(case: Document) -> list[str]:
	"""Titles of the steps that completion needs and nobody has ticked off."""
	return [row.title for row in case.steps if row.is_required and not row.done]
