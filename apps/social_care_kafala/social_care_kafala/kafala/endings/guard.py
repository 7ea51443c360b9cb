"""Movements of children who live with a kafala family: they wait for the decided ending, and carry it out."""

import frappe
from frappe import _
from frappe.model.document import Document
from social_care.registry.moves import states as movement

from social_care_kafala.kafala.endings import effect, facts, words
from social_care_kafala.kafala.path import states as path

TAKES_OUT = (movement.ADMISSION, movement.EXIT)
ASKED_OR_MOVED = (*movement.WAITING[1:], movement.CONFIRMATION, movement.CARRIED_OUT)


class KafalaNotEndedError(frappe.ValidationError):
	"""A child who lives with a kafala family is to be moved, and nobody has decided on the end of the kafala."""


def check_change(change: Document, method: str | None = None) -> None:
	"""Placement Change: nobody is asked, and nothing moves, before the ending of the child's kafala is decided."""
	asks = change.status in ASKED_OR_MOVED and change.exit_way != "Absconding"
	if asks and change.movement in TAKES_OUT:
		check_child(change.child)


def check_case(case: Document) -> None:
	"""Hook `social_care_reintegration_checks`: a child goes home from a kafala family by a decided ending."""
	check_child(case.child)


def check_child(child: str) -> None:
	"""Refuse while the child lives with a kafala family whose ending nobody has decided."""
	if running_file(child) and not decided(child):
		frappe.throw(
			_("The child lives with a kafala family; its ending is decided first."),
			KafalaNotEndedError,
			title=_(words.DOCTYPE),
		)


def running_file(child: str) -> str | None:
	"""The file of the family with which the child lives, whoever may see it."""
	running = {"child": child, "status": ["in", words.WITH_THE_FAMILY]}
	file = frappe.db.get_value(path.DOCTYPE, running, ["name", "family"], as_dict=True)
	return file.name if file and facts.stay_of(child, file.family, is_current=1) else None


def decided(child: str) -> str | None:
	"""The decided ending of a child's kafala that was not carried out yet."""
	return frappe.db.get_value(words.DOCTYPE, {"child": child, "status": words.DECIDED})


def follow_change(change: Document, method: str | None = None) -> None:
	"""Placement Change: with the hand-over the ending is carried out, in the same transaction."""
	if change.status == movement.CARRIED_OUT and change.movement in TAKES_OUT:
		follow(change.child)


def follow_file(file: Document, method: str | None = None) -> None:
	"""Kafala Family File: where the next family has signed, the ending of the one before is carried out."""
	if file.status != path.INTEGRATION or not file.child or not file.has_value_changed("status"):
		return
	waiting = {"next_file": file.name, "child": file.child, "status": words.DECIDED}
	if name := frappe.db.get_value(words.DOCTYPE, waiting):
		ending = frappe.get_doc(words.DOCTYPE, name, for_update=True)
		ending.flags.by_contract = True
		effect.move(ending)
		effect.complete(ending)


def follow(child: str) -> None:
	"""Carry out the decided ending of a child who has left the family."""
	name = decided(child)
	if not name:
		return
	ending = frappe.get_doc(words.DOCTYPE, name, for_update=True)
	if not frappe.db.get_value("Placement", ending.family_placement, "is_current"):
		effect.complete(ending)
