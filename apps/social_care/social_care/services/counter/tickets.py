"""A number for whoever comes: with or without an appointment, with or without a receipt."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate, nowdate

from social_care.services.counter import offices, signals
from social_care.services.counter.offices import APPOINTMENT, RECEIPT, TICKET, CounterError


def issue(
	office: str, group: str = "", priority: int | str = 0, appointment: str = "", receipt: str = ""
) -> dict:
	"""A new ticket: {"name", "number", "waiting"}, with how many wait before it. One receipt and one appointment bear one ticket a day."""
	opened = offices.opened(office, TICKET, "create")
	offices.lock(opened.name)
	if name := _given(opened.name, appointment, receipt):
		return told(name)
	if appointment:
		group = _arrive(opened, appointment)
	ticket = frappe.new_doc(TICKET)
	ticket.update({"office": opened.name, "service_group": group or None, "priority": cint(priority)})
	ticket.update({"appointment": appointment or None, "receipt": receipt or None})
	ticket.insert()
	signals.queue_changed(opened.name)
	return told(ticket.name)


def _given(office: str, appointment: str, receipt: str) -> str | None:
	"""The ticket of today that this appointment or receipt has already, read under the lock."""
	for field, value in (("appointment", appointment), ("receipt", receipt)):
		if value:
			today = {"office": office, "day": nowdate(), field: value, "state": ["!=", "Cancelled"]}
			if name := frappe.db.get_value(TICKET, today, for_update=True):
				return name
	return None


def _arrive(office: Document, name: str) -> str:
	"""Note that the person has come; the appointment's group."""
	appointment = offices.record(APPOINTMENT, name, "write", lock=True)
	if appointment.office != office.name or getdate(appointment.day) != getdate(nowdate()):
		_refuse(_("This appointment is at another counter or on another day."))
	if appointment.state == "Cancelled":
		_refuse(_("This appointment was cancelled."))
	appointment.state, appointment.flags.by_counter = "Came", True
	appointment.save()
	return appointment.service_group


def told(name: str) -> dict:
	"""What the desk shows after a number was taken."""
	ticket = frappe.get_doc(TICKET, name)
	before = {"office": ticket.office, "day": ticket.day, "state": "Waiting", "name": ["!=", name]}
	return {"name": name, "number": ticket.number, "waiting": frappe.db.count(TICKET, before)}


def join(ticket: str, receipt: str) -> None:
	"""The ticket of somebody who took a number first and is registered at the window now."""
	doc = offices.record(TICKET, ticket, "write")
	if doc.receipt and doc.receipt != receipt:
		_refuse(_("This ticket has another receipt already."))
	frappe.get_doc(RECEIPT, receipt).check_permission("read")
	doc.receipt = receipt
	doc.save()


def _refuse(sentence: str) -> None:
	frappe.throw(sentence, CounterError, title=_("Queue"))
