"""Figures of counters for number cards: today, at the places of the reader."""

import frappe
from frappe.utils import nowdate

from social_care.services.counter.offices import APPOINTMENT, TICKET


def count(state: str) -> int:
	"""Tickets of today in a state."""
	return _number(TICKET, "count(name)", {"day": nowdate(), "state": state})


def mean_waiting() -> float:
	"""Mean waiting time of today's tickets in minutes (one decimal); 0 where nobody was called yet."""
	return _mean_minutes("waiting_seconds", "called_on")


def mean_service() -> float:
	"""Mean time at the window of today's tickets in minutes (one decimal); 0 where none is finished."""
	return _mean_minutes("service_seconds", "ended_on")


def _mean_minutes(field: str, measured_by: str) -> float:
	measured = {"day": nowdate(), measured_by: ["is", "set"]}
	return round(_number(TICKET, f"avg({field})", measured) / 60, 1)


def appointments_today() -> int:
	"""Places booked today: of those who came and of those who may still come."""
	return _number(APPOINTMENT, "count(name)", {"day": nowdate(), "state": ["in", ["Booked", "Came"]]})


def _number(doctype: str, figure: str, filters: dict) -> float:
	if not frappe.has_permission(doctype, "read"):
		return 0
	rows = frappe.get_list(doctype, filters=filters, fields=[f"{figure} as figure"], order_by=None)
	return (rows[0].figure or 0) if rows else 0
