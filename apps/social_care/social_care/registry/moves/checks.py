"""What a movement has to be before anybody is asked about it."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, cint, getdate, nowdate

from social_care.registry import best_interests, placements
from social_care.registry.moves import states

NEEDED = {
	states.TRANSFER: ("to_institution",),
	states.ADMISSION: ("to_institution",),
	states.LEAVE: ("due_back_on",),
	states.EXIT: ("exit_way",),
}
DECISION = ("decision_number", "decision_date", "decision_authority")


def ready(change: Document) -> None:
	"""Everything that is asked of a movement before it leaves the desk of whoever proposes it."""
	change.need("reason", *NEEDED[change.movement])
	check_child(change)
	check_reason(change)
	check_day(change)
	check_leave(change)
	check_target(change)
	check_interests(change)


def check_child(change: Document) -> None:
	"""Who lives in an institution is transferred, goes on leave and leaves; who does not is admitted, or his care ends."""
	if frappe.db.get_value("Child", change.child, "life_state") == "Deceased":
		change.refuse(_("The child is recorded as deceased; only headquarters corrects that."))
	ends_care = change.movement == states.EXIT and change.exit_way in states.ENDS_CARE
	if change.movement == states.ADMISSION and change.from_institution:
		change.refuse(_("The child lives in an institution; propose a transfer instead."))
	if not (change.from_institution or change.movement == states.ADMISSION or ends_care):
		change.refuse(_("The child does not live in an institution."))
	if ends_care and not change.from_placement:
		change.refuse(_("The child has no current placement to end."))
	if change.movement == states.LEAVE and on_leave(change.child):
		change.refuse(_("The child is on leave already."))


def on_leave(child: str) -> str | None:
	"""The leave on which a child is today."""
	return frappe.db.get_value("Placement Change", {"child": child, "status": states.ON_LEAVE})


def check_reason(change: Document) -> None:
	"""A reason of the reference table that belongs to this movement."""
	reason = frappe.db.get_value(
		"Placement Change Reason", change.reason, ["movement", "disabled", "legal_basis"], as_dict=True
	)
	if not reason or reason.movement != change.movement or reason.disabled:
		change.refuse(_("This reason does not belong to the chosen movement."))
	change.legal_basis = change.legal_basis or reason.legal_basis
	if change.is_emergency:
		change.need("reason_details")


def check_day(change: Document) -> None:
	"""Not further back than the settings allow, and after the beginning of the placement that it ends."""
	day, back = getdate(change.effective_date), cint(setting("movement_backdate_days"))
	if day < getdate(add_days(nowdate(), -back)):
		change.refuse(_("A movement is entered {0} days after its day at the latest.").format(back))
	if change.is_emergency and day != getdate(nowdate()):
		change.refuse(_("An emergency transfer takes place on the day it is entered."))
	began = (
		frappe.db.get_value("Placement", change.from_placement, "from_date")
		if change.from_placement
		else None
	)
	first_day = getdate(began) if began else None
	if first_day and (day < first_day or (day == first_day and change.movement != states.LEAVE)):
		change.refuse(_("The day lies before the child came to the present place."))


def check_leave(change: Document) -> None:
	"""A leave ends after it begins."""
	if change.movement == states.LEAVE and getdate(change.due_back_on) < getdate(change.effective_date):
		change.refuse(_("The child is due back after the leave begins."))


def check_target(change: Document) -> None:
	"""The receiving institution takes children, has room as far as the settings ask, and siblings stay together."""
	if change.movement not in states.RECEIVED:
		return
	if change.to_institution == change.from_institution:
		change.refuse(_("The child lives in this institution already."))
	asked = as_placement(change)
	placements.check_institution(asked)
	placements.check_siblings(asked)


def as_placement(change: Document) -> Document:
	"""The Placement that the movement would write, not stored."""
	from social_care.registry.moves.effect import placement_values

	placement = frappe.new_doc("Placement")
	placement.update(placement_values(change))
	return placement


def check_interests(change: Document) -> None:
	"""Where the reason asks for it, a determination of this child that still counts is named (R3-10)."""
	if not change.needs_best_interests:
		return
	for field in ("care_review", "determination"):
		target = change.meta.get_field(field).options
		if change.get(field) and frappe.db.get_value(target, change.get(field), "child") != change.child:
			change.refuse(_("{0} belongs to another child.").format(_(change.meta.get_label(field))))
	found = best_interests.latest(change.child)
	if not found:
		change.refuse(_("Write the best interests determination before this movement is proposed."))
	change.set("care_review" if found["doctype"] == best_interests.REVIEW else "determination", found["name"])


def needs_decision(change: Document) -> bool:
	"""Movements that rest on a decision: transfers, admissions, and leaving care other than by a fact."""
	if change.movement == states.EXIT:
		return change.exit_way not in ("Absconding", "Death")
	return change.movement in states.RECEIVED and not change.is_emergency


def check_decision(change: Document) -> None:
	"""Number, day and authority of the decision are written."""
	if needs_decision(change):
		change.need(*DECISION)


def check_unmoved(change: Document) -> None:
	"""The child is still where the change was asked for. Takes the child's row until the end of the transaction."""
	current = placements.lock_history(change.child)
	if (current.name if current else None) != change.from_placement:
		change.refuse(_("The child was moved in another way meanwhile."))


def setting(field: str):
	return frappe.get_cached_doc("Social Care Settings").get(field)
