"""Who writes what in which state of a visit, and whose step is whose. It holds however a visit is saved."""

import frappe
from frappe import _
from frappe.model.document import Document
from social_care.organisation.grants import roles_at
from social_care.organisation.transitions import check_role
from social_care.registry.child_paper import editing_roles

from social_care_inspections.inspections.visits import states
from social_care_inspections.inspections.visits.people import is_inspector

INSTITUTION_ROLES = frozenset(states.INSTITUTION)


def open_fields(before: Document, user: str) -> set[str]:
	"""Fields that the user still writes in the present state, by every part he has at the place."""
	held = roles_at(user, before.org_unit, before.institution) & editing_roles(states.DOCTYPE, before.status)
	parts = states.WRITTEN.get(before.status, {})
	return set().union(*(parts.get(part, states.NOTHING) for part in parts_of(before, user, held)))


def parts_of(before: Document, user: str, held: set[str]) -> set[str]:
	"""Planner, inspector, institution, reviewer: what the held roles make of the user in this visit."""
	makes_it = is_inspector(before, user)
	parts = set()
	if held & set(states.PLANNERS):
		parts |= {"planner"} if makes_it else {"planner", "reviewer"}
	if makes_it and held & {*states.INSPECTORS, *states.PLANNERS}:
		parts.add("inspector")
	if held & INSTITUTION_ROLES:
		parts.add("institution")
	return parts


def check_changes(visit: Document, before: Document, changed: set[str]) -> None:
	"""Refuse a change of what is closed in this state, or is somebody else's to write."""
	if not changed:
		return
	possible = set().union(*states.WRITTEN.get(before.status, {}).values(), states.NOTHING)
	if changed - possible:
		visit.refuse(_("What is {0} is not rewritten any more.").format(_(before.status)))
	if frappe.session.user != "Administrator" and changed - open_fields(before, frappe.session.user):
		visit.refuse(_("It is {0}; it cannot be edited now by you.").format(_(before.status)))


def check_step(visit: Document, before: Document) -> None:
	"""A step is taken by a role of the Workflow at the place; those of the visit itself by who makes it."""
	check_role(before, visit.status, *visit.place(), _(states.DOCTYPE))
	user = frappe.session.user
	if (
		(before.status, visit.status) in states.INSPECTORS_STEPS
		and user != "Administrator"
		and not is_inspector(before, user)
	):
		frappe.throw(
			_("Only an inspector of this visit takes this step."),
			frappe.PermissionError,
			title=_(states.DOCTYPE),
		)
