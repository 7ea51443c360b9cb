"""Daily: a reservation whose time is over lets the child go, and who keeps the family's file is told. Only enqueued by the scheduler."""

import frappe
from frappe import _
from frappe.utils import nowdate
from social_care.registry.notices import notify, responsible

from social_care_kafala.kafala.matching import reserving, states

CHUNK = 100
TOLD = ("Family and Childhood Specialist", "Directorate Director")


def enqueue() -> None:
	"""One look at all reservations at a time."""
	frappe.enqueue(
		"social_care_kafala.kafala.matching.expiry.run",
		queue="long",
		job_id="social_care_kafala_expired_reservations",
		deduplicate=True,
	)


def run() -> int:
	"""End every reservation whose time is over; how many. Ended anywhere, the next run does the rest."""
	count = 0
	while names := due(CHUNK):
		for name in names:
			count += expire(name)
		frappe.db.commit()  # a chunk is done; what has expired is not found again
	return count


def due(limit: int = 0) -> list[str]:
	"""Reservations past their day; an accepted match waits for the hand-over without one."""
	doc = frappe.qb.DocType(states.DOCTYPE)
	query = frappe.qb.from_(doc).select(doc.name).orderby(doc.name)
	query = query.where((doc.expires_on < nowdate()) & doc.status.isin((states.RESERVED, states.VISITING)))
	return [row[0] for row in (query.limit(limit) if limit else query).run()]


def expire(name: str) -> int:
	"""End one, unless somebody took its next step meanwhile."""
	doc = frappe.get_doc(states.DOCTYPE, name, for_update=True)
	if doc.status not in (states.RESERVED, states.VISITING):
		return 0
	reserving.close(doc, states.EXPIRED)
	sentence = _("Reservation {0} has expired; the child waits for a family again.", lang="ar")
	notify(responsible(doc.org_unit, TOLD), sentence.format(doc.name), states.DOCTYPE, doc.name)
	return 1
