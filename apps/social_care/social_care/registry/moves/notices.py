"""Who is told of a movement, at each step. Notices hold codes and places, never a child."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import nowdate

from social_care.registry.moves import sides, states
from social_care.registry.notices import notify, responsible

AT_HOME = ("Institution Director", "Institution Social Worker")
OVER_IT = ("Directorate Director", "Directorate Data Officer")


def tell(change: Document) -> None:
	"""The side that has to act next, or that is waiting for an answer, gets a notice."""
	sentence = _sentences().get(change.status)
	if not sentence:
		return
	users = people(change) - {frappe.session.user}
	notify(sorted(users), sentence.format(change.name), "Placement Change", change.name)


def _sentences() -> dict[str, str]:
	return {
		states.APPROVAL: _("Placement change {0} waits for the decision of the directorate.", lang="ar"),
		states.ACCEPTANCE: _(
			"Placement change {0} waits for the answer of the receiving institution.", lang="ar"
		),
		states.CONFIRMATION: _("Emergency transfer {0} was carried out; confirm the reception.", lang="ar"),
		states.SCHEDULED: _(
			"Placement change {0} was accepted; the day of the hand-over is fixed.", lang="ar"
		),
		states.CARRIED_OUT: _("Placement change {0} was carried out.", lang="ar"),
		states.DECLINED: _("Placement change {0} was declined by the receiving institution.", lang="ar"),
		states.CANCELLED: _("Placement change {0} was cancelled.", lang="ar"),
		states.EXPIRED: _("Placement change {0} expired without an answer.", lang="ar"),
	}


def people(change: Document) -> set[str]:
	"""Users who are told of the state a change has come to."""
	sent = at(sides.sender(change))
	received = at(sides.receiver(change)) if change.addressed_institution else set()
	told = {
		states.APPROVAL: set(responsible(change.from_unit, OVER_IT)),
		states.ACCEPTANCE: received,
		states.CONFIRMATION: received,
		states.SCHEDULED: sent,
		states.DECLINED: sent,
	}
	if change.status == states.APPROVAL and change.movement == states.LEAVE:
		return told[states.APPROVAL] | staff(change.from_institution, AT_HOME)
	return told.get(change.status, sent | received)


def at(place: sides.Place) -> set[str]:
	"""Staff of an institution who answer for children, and the directorate above it."""
	unit, institution = place
	return staff(institution, AT_HOME) | set(responsible(unit, OVER_IT))


def staff(institution: str | None, roles: tuple[str, ...]) -> set[str]:
	"""Users who hold one of the roles in an institution today."""
	if not institution:
		return set()
	rows = frappe.get_all(  # of assignments only the receivers of a notice leave
		"Staff Assignment",
		filters={"institution": institution, "role": ["in", roles], "valid_from": ["<=", nowdate()]},
		fields=["user", "valid_to"],
	)
	return {row.user for row in rows if not row.valid_to or str(row.valid_to) >= nowdate()}
