"""Steps of a ticket: called, served, finished, absent. Each is taken once; the server writes when and by whom."""

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, get_datetime, now_datetime, nowdate

from social_care.services.counter import offices, signals
from social_care.services.counter.offices import TICKET, CounterError

AT_WINDOW = ("Called", "Serving")


@dataclass(frozen=True)
class Step:
	"""From which states a step leads to which one."""

	before: tuple[str, ...]
	after: str


STEPS = {
	"call": Step(("Waiting", "Called", "Absent"), "Called"),
	"serve": Step(("Called",), "Serving"),
	"finish": Step(("Serving",), "Served"),
	"absent": Step(("Called",), "Absent"),
	"cancel": Step(("Waiting", "Called", "Absent"), "Cancelled"),
}


def call_next(office: str, window: int | str, group: str = "") -> dict | None:
	"""Call the next who waits: those who go first, then by number. None where nobody waits."""
	opened = offices.opened(office, TICKET, "write")
	offices.lock(opened.name)
	number = _window(opened, window)
	_check_window_is_free(opened.name, number)
	name = _first_waiting(opened.name, group)
	return take(name, "call", number) if name else None


def take(name: str, step: str, window: int | str = 0) -> dict:
	"""Take a step with a ticket. Raises CounterError where the ticket does not stand before it."""
	opened = offices.opened(offices.record(TICKET, name, "write").office, TICKET, "write")
	offices.lock(opened.name)
	ticket = frappe.get_doc(TICKET, str(name), for_update=True)
	wanted = STEPS.get(step)
	if not wanted or ticket.state not in wanted.before:
		_refuse(_("Ticket {0} is «{1}» now.").format(ticket.number, _(ticket.state)))
	if step == "call":
		_call(ticket, opened, _window(opened, window or ticket.window))
	return _save(ticket, wanted.after)


def _save(ticket: Document, state: str) -> dict:
	ticket.state = state
	stamp(ticket)
	ticket.flags.by_step = True
	ticket.save()
	signals.queue_changed(ticket.office)
	return told(ticket)


def _call(ticket: Document, office: Document, window: int) -> None:
	"""A ticket may be called again, at the same window or at another one that is free."""
	if ticket.window != window or ticket.state not in AT_WINDOW:
		_check_window_is_free(office.name, window)
	ticket.window, ticket.last_called_on = window, now_datetime()
	ticket.calls = cint(ticket.calls) + 1


def stamp(ticket: Document) -> None:
	"""Times of the state that was reached. Waiting ends with the first call, serving begins when the person is there."""
	now = now_datetime()
	if ticket.state == "Called" and not ticket.called_on:
		ticket.called_on = now
		ticket.waiting_seconds = seconds(ticket.issued_on, now)
		ticket.within_target = int(ticket.waiting_seconds <= _target_minutes(ticket) * 60)
	if ticket.state == "Serving":
		ticket.began_on, ticket.served_by = now, frappe.session.user
	if ticket.state == "Served":
		ticket.ended_on = now
		ticket.service_seconds = seconds(ticket.began_on, now)


def _target_minutes(ticket: Document) -> int:
	return cint(frappe.db.get_value(offices.OFFICE, ticket.office, "target_minutes"))


def seconds(start, end) -> int:
	"""Whole seconds from `start` to `end`, never below 0."""
	return max(int((get_datetime(end) - get_datetime(start)).total_seconds()), 0)


def told(ticket: Document) -> dict:
	"""What a clerk's page is told of a ticket."""
	return {
		"name": ticket.name,
		"number": ticket.number,
		"state": ticket.state,
		"window": cint(ticket.window),
		"receipt": ticket.receipt,
		"service_group": ticket.service_group,
	}


def _window(office: Document, window: int | str) -> int:
	number = cint(window)
	if not 1 <= number <= office.windows:
		_refuse(_("Choose a window from 1 to {0}.").format(office.windows))
	return number


def _check_window_is_free(office: str, window: int) -> None:
	"""One ticket a window: read under the lock, past this transaction's snapshot."""
	table = frappe.qb.DocType(TICKET)
	rows = (
		frappe.qb.from_(table)
		.select(table.number)
		.where((table.office == office) & (table.day == nowdate()) & (table.window == window))
		.where(table.state.isin(AT_WINDOW))
		.limit(1)
		.for_update()
		.run()
	)
	if rows:
		_refuse(_("Finish ticket {0} first.").format(rows[0][0]))


def _first_waiting(office: str, group: str) -> str | None:
	table = frappe.qb.DocType(TICKET)
	query = (
		frappe.qb.from_(table)
		.select(table.name)
		.where((table.office == office) & (table.day == nowdate()) & (table.state == "Waiting"))
		.orderby(table.priority, order=frappe.qb.desc)
		.orderby(table.number)
		.limit(1)
		.for_update()
	)
	rows = (query.where(table.service_group == group) if group else query).run()
	return rows[0][0] if rows else None


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, CounterError, title=_("Queue"))
