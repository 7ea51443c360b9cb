"""Steps of a Workflow belong to whoever holds the role over the row's own place, not to whoever holds it somewhere."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_workflow

from social_care.organisation.grants import roles_at


def check_role_at_place(before: Document, state: str, institution: str | None, title: str) -> None:
	"""Refuse the step from the stored row's state to `state` unless the user holds one of its roles over the row's place."""
	check_role(before, state, before.org_unit, institution, title)


def check_role(
	before: Document, state: str, org_unit: str | None, institution: str | None, title: str
) -> None:
	"""The same for a row that has no place of its own, over the place that is given."""
	check_held_role(before, state, roles_at(frappe.session.user, org_unit, institution), title)


def check_held_role(before: Document, state: str, held: set[str], title: str) -> None:
	"""The same for roles that the caller has found; Administrator takes every step."""
	workflow = get_workflow(before.doctype)
	if frappe.session.user == "Administrator":
		return
	step = (before.get(workflow.workflow_state_field), state)
	allowed = {row.allowed for row in workflow.transitions if (row.state, row.next_state) == step}
	if not allowed & held:
		frappe.throw(_("This step is not yours to take."), frappe.PermissionError, title=title)
