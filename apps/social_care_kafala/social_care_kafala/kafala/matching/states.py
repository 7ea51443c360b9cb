"""Words of a Kafala Reservation, and the refusals that everybody who takes a child meets."""

from typing import NoReturn

import frappe
from frappe import _
from social_care.registry.levels import field_readable

from social_care_kafala.kafala.path import states as path

DOCTYPE, CHILDREN = "Kafala Reservation", "Kafala Reserved Child"
FILE = path.DOCTYPE

RESERVED, VISITING, MATCHED = "Child Reserved", "Family Visits the Child", "Match Accepted"
HANDED_OVER, RELEASED, EXPIRED = "Child Handed Over", "Reservation Released", "Reservation Expired"
OPEN = (RESERVED, VISITING, MATCHED)

# Steps of a family's path in which a child is looked for.
LOOKING = (path.VIEWING, path.VISITS)


class ReservationError(frappe.ValidationError):
	"""A reservation, or a step of it, that the rules do not allow now."""


class TakenError(ReservationError):
	"""The child is held for another family, or the family holds a child already."""


def refuse(message: str, error: type[ReservationError] = ReservationError) -> NoReturn:
	frappe.throw(message, error, title=_(DOCTYPE))


def refuse_taken(child: str) -> NoReturn:
	refuse(_("The child {0} is reserved for another family already.").format(child), TakenError)


def refuse_second(file: str) -> NoReturn:
	refuse(_("The family {0} has a reserved child already.").format(file), TakenError)


def check_right() -> None:
	"""Whoever may make reservations, and reads who a family's child is."""
	if not frappe.has_permission(DOCTYPE, "create") or not field_readable(FILE, "child"):
		frappe.throw(_("You have no right to choose a child."), frappe.PermissionError, title=_(DOCTYPE))
