"""The two sides of a movement: who sends, who receives, and whose step is whose."""

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.organisation.grants import roles_at
from social_care.organisation.transitions import check_role
from social_care.registry.moves import states

DECIDERS = frozenset({"Directorate Director", "Central Administration Head"})
HOME_DIRECTOR = "Institution Director"

Place = tuple[str | None, str | None]


def sender(change: Document) -> Place:
	"""Unit and institution that have the child when the change is asked for."""
	return change.from_unit, change.from_institution


def receiver(change: Document) -> Place:
	"""Unit and institution that are to take the child."""
	return change.to_unit, change.to_institution


def held(place: Place) -> set[str]:
	"""Roles that the session user holds over a place today."""
	return roles_at(frappe.session.user, *place) if any(place) else set()


def is_receivers(change: Document, old: str, new: str) -> bool:
	"""Whether the step belongs to the receiving side."""
	return change.movement in states.RECEIVED and (old, new) in states.RECEIVER_STEPS


def check_step(change: Document, before: Document) -> None:
	"""The step is taken by whoever holds one of the Workflow's roles at the place of the side it belongs to."""
	received = is_receivers(before, before.status, change.status)
	check_role(
		before,
		change.status,
		*(receiver(before) if received else sender(before)),
		_("Placement Change"),
	)


def check_writer(change: Document) -> None:
	"""Writing counts at the sender's place, and at the receiver's while the request lies there."""
	before = change.get_doc_before_save()
	right = "write" if before else "create"
	able = {row.role for row in change.meta.permissions if not row.permlevel and row.get(right)}
	places = [change.place()]
	if before and before.addressed_institution and before.status in states.RECEIVER_WRITES:
		places.append(receiver(before))
	if not any(able & held(place) for place in places):
		frappe.throw(
			_("You have no right to write this at the place where the child is."),
			frappe.PermissionError,
			title=_("Placement Change"),
		)


def open_fields(before: Document, roles: set[str]) -> set[str]:
	"""Fields that the session user still writes in the present state, on the side or sides where he holds one of `roles`."""
	sent, received = states.WRITTEN.get(before.status, (states.NOTHING, states.NOTHING))
	found = set(sent) if roles & held(sender(before)) else set()
	if before.addressed_institution and roles & held(receiver(before)):
		found |= received
	return found


def directorate(unit: str | None) -> tuple[int, int] | None:
	"""Bounds (lft, rgt) of the directorate that a unit is or belongs to; None above the directorates."""
	place = frappe.db.get_value("Org Unit", unit, ["lft", "rgt"]) if unit else None
	if not place:
		return None
	found = frappe.get_all(  # units are a reference table
		"Org Unit",
		filters={"level": "Directorate", "lft": ["<=", place[0]], "rgt": [">=", place[1]]},
		fields=["lft", "rgt"],
		order_by="lft desc",
		limit=1,
	)
	return (found[0].lft, found[0].rgt) if found else None


def approval_needed(change: Document) -> bool:
	"""Whether the sending directorate decides before the receiving institution is asked (Social Care Settings)."""
	mode = frappe.get_cached_doc("Social Care Settings").transfer_approval
	if mode == "Always":
		return True
	if mode == "Between Directorates":
		return directorate(change.from_unit) != directorate(change.to_unit)
	return frappe.session.user != "Administrator" and not DECIDERS & held(sender(change))
