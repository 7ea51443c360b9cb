"""What a Placement Change says of the child and the places: written by the system, never by whoever sends it."""

import frappe
from frappe.model.document import Document

from social_care.registry import placements
from social_care.registry.kin.siblings import years
from social_care.registry.moves import states

NOT_RECEIVED = ("to_institution", "care_needs", "is_emergency")
OF_CHILD = ("sex", "birth_date", "org_unit", "institution", "institution_name", "life_state")
ONLY_LEAVE = ("due_back_on", "leave_host", "returned_on", "return_remarks")


def fill(change: Document) -> None:
	"""Places, age, sex and what the reason asks for; fields of other movements are emptied."""
	_drop_foreign(change)
	child = frappe.db.get_value("Child", change.child, OF_CHILD, as_dict=True)
	lives = child.life_state == "Active" and child.institution
	change.update(
		{
			"sex": child.sex,
			"age": years(child.birth_date),
			"from_unit": child.org_unit,
			"from_institution": child.institution if lives else None,
			"from_institution_name": child.institution_name if lives else None,
			"from_placement": current_placement(change.child),
			"needs_best_interests": _asks_for_best_interests(change),
			"siblings_elsewhere": len(elsewhere(change)),
		}
	)
	change.update(_target(change))


def _drop_foreign(change: Document) -> None:
	if change.movement not in states.RECEIVED:
		change.update(dict.fromkeys(NOT_RECEIVED))
	if change.movement != states.LEAVE:
		change.update(dict.fromkeys(ONLY_LEAVE))
	if change.movement != states.EXIT:
		change.exit_way = ""
	if change.movement != states.TRANSFER:
		change.is_emergency = 0


def current_placement(child: str) -> str | None:
	"""The placement that the child is in, None where care has ended."""
	return frappe.db.get_value("Placement", {"child": child, "is_current": 1})


def _asks_for_best_interests(change: Document) -> int:
	asks = frappe.db.get_value("Placement Change Reason", change.reason, "needs_best_interests")
	return int(bool(asks) and not change.is_emergency)


def _target(change: Document) -> dict:
	if not change.to_institution:
		return {"to_unit": None, "to_institution_name": None}
	found = frappe.db.get_value("Institution", change.to_institution, ["org_unit", "institution_name"])
	unit, name = found or (None, None)
	return {"to_unit": unit, "to_institution_name": name}


def elsewhere(change: Document) -> list[str]:
	"""Brothers and sisters in institutions whom the movement would leave in another place than the child."""
	if change.movement not in states.RECEIVED:
		return []
	family = frappe.db.get_value("Child", change.child, "family")
	living = placements.siblings(change.child, family)
	return [row.name for row in living if row.place != change.to_institution]
