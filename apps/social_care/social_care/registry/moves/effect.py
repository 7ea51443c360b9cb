"""What a movement does to the child's history. Each function runs in the transaction of its step, under the child's lock."""

import frappe
from frappe.model.document import Document
from frappe.utils import now

from social_care.registry import placements
from social_care.registry.moves import checks, states

MOVEMENT = {states.TRANSFER: "Transfer", states.ADMISSION: "Return"}
DECISION = (*checks.DECISION, "sibling_separation_reason")


def placement_values(change: Document) -> dict:
	"""Values of the Placement that the movement writes."""
	values = {field: change.get(field) for field in DECISION}
	values |= {
		"child": change.child,
		"from_date": change.handed_over_on or change.effective_date,
		"placement_change": change.name,
		"reason": change.reason_details,
	}
	if change.movement in states.RECEIVED:
		target = {"setting": placements.INSTITUTION, "institution": change.to_institution}
		return values | target | {"movement": MOVEMENT[change.movement]}
	return values | {"setting": placements.INDEPENDENT, "org_unit": change.from_unit, "movement": "Aftercare"}


def move(change: Document) -> dict:
	"""Write the Placement, or the end of care, and return what the change notes of it."""
	checks.check_unmoved(change)
	done = {"carried_out_by": frappe.session.user, "carried_out_on": now(), "answer_due_on": None}
	if change.movement == states.EXIT and change.exit_way in states.ENDS_CARE:
		placements.leave_care(change.child, change.exit_way, str(change.effective_date), change.name)
		return done
	placement = frappe.new_doc("Placement")
	placement.update(placement_values(change))
	placement.flags.change = change.name
	placement.insert(ignore_permissions=True)  # the accepted change is the right to this
	return done | {"placement": placement.name}


def begin_leave(change: Document) -> dict:
	"""The child goes on leave and stays on the roll of the institution."""
	checks.check_unmoved(change)
	frappe.db.set_value("Child", change.child, "leave_due_back", change.due_back_on)
	return {}


def change_return(change: Document) -> None:
	"""The child is due back on another day."""
	placements.lock_history(change.child)
	frappe.db.set_value("Child", change.child, "leave_due_back", change.due_back_on)


def end_leave(change: Document) -> dict:
	"""The child is back."""
	frappe.db.set_value("Child", change.child, "leave_due_back", None)
	return {"carried_out_by": frappe.session.user, "carried_out_on": now()}


def at_once(change: Document) -> dict:
	"""A decided leave or exit whose day has come: its effect, and the state that follows."""
	if change.movement == states.LEAVE:
		return begin_leave(change) | {"status": states.ON_LEAVE}
	return move(change) | {"status": states.CARRIED_OUT}
