"""The end of a day: who did not come is noted, and no queue goes over into the next day."""

import frappe
from frappe.utils import nowdate

from social_care.services.counter.offices import APPOINTMENT, TICKET


def enqueue() -> None:
	"""Daily: close what is left of earlier days, in one job at a time."""
	frappe.enqueue(
		"social_care.services.counter.upkeep.close_days",
		queue="short",
		job_id="social_care_counter_days",
		deduplicate=True,
	)


def close_days() -> None:
	"""Three statements, whatever the number of rows; a second run finds nothing left.

	A service that nobody ended counts as served without a time: when it ended is not known.
	"""
	ends = (
		(APPOINTMENT, ("Booked",), "Missed"),
		(TICKET, ("Waiting", "Called"), "Absent"),
		(TICKET, ("Serving",), "Served"),
	)
	for doctype, states, end in ends:
		table = frappe.qb.DocType(doctype)
		open_rows = (table.day < nowdate()) & table.state.isin(states)
		frappe.qb.update(table).set(table.state, end).where(open_rows).run()
