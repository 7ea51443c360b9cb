"""Numbers of tickets: 1, 2, 3 … for each counter and day, without a gap and none twice."""

import frappe
from frappe.model.document import Document
from frappe.utils import cint, now_datetime, nowdate

from social_care.services.counter import offices

EMPTY = ("title", "window", "served_by", "called_on", "last_called_on", "began_on", "ended_on")


def begin(ticket: Document) -> None:
	"""First values of a new ticket. The counter stays locked until the ticket is committed or given up."""
	offices.lock(ticket.office)
	ticket.update(dict.fromkeys(EMPTY))
	ticket.update({"day": nowdate(), "issued_on": now_datetime(), "state": "Waiting", "calls": 0})
	ticket.update(
		{"waiting_seconds": 0, "service_seconds": 0, "within_target": 0, "number": _last(ticket) + 1}
	)


def _last(ticket: Document) -> int:
	"""The last number given today: read under the lock, so past this transaction's snapshot."""
	table = frappe.qb.DocType(offices.TICKET)
	rows = (
		frappe.qb.from_(table)
		.select(table.number)
		.where((table.office == ticket.office) & (table.day == ticket.day))
		.orderby(table.number, order=frappe.qb.desc)
		.limit(1)
		.for_update()
		.run()
	)
	return cint(rows[0][0]) if rows else 0
