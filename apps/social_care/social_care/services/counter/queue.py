"""The queue as screens show it: to clerks with what they need, to the waiting room numbers and windows only."""

import frappe
from frappe.utils import cint, now_datetime, nowdate

from social_care.services.counter import offices, steps
from social_care.services.counter.offices import RECEIPT, TICKET

SHOWN = 200  # tickets on a screen; more people do not stand in one room
LAST_CALLS = 6
FIELDS = [
	*("name", "number", "state", "window", "priority", "service_group", "receipt"),
	*("issued_on", "last_called_on", "began_on"),
]


def board(office: str) -> dict:
	"""{"tickets": […], "figures": {…}} of today for a clerk of the counter; four queries, whatever the number of tickets."""
	opened = offices.opened(office, TICKET, "read")
	rows = frappe.get_list(
		TICKET,
		filters={
			"office": opened.name,
			"day": nowdate(),
			"state": ["in", ["Waiting", "Called", "Serving", "Absent"]],
		},
		fields=FIELDS,
		order_by="priority desc, number asc",
		limit_page_length=SHOWN,
	)
	names = _names([row.receipt for row in rows if row.receipt])
	now = now_datetime()
	tickets = [
		{
			**{field: row[field] for field in ("name", "number", "state", "service_group", "receipt")},
			"window": cint(row.window),
			"priority": cint(row.priority),
			"applicant": names.get(row.receipt, ""),
			"waited": steps.seconds(row.issued_on, now),
		}
		for row in rows
	]
	return {"tickets": tickets, "figures": figures(opened.name)}


def _names(receipts: list[str]) -> dict[str, str]:
	"""Names on receipts that the clerk may see."""
	if not receipts or not frappe.has_permission(RECEIPT, "read"):
		return {}
	rows = frappe.get_list(
		RECEIPT,
		filters={"name": ["in", receipts]},
		fields=["name", "applicant_name"],
		order_by="name asc",
		limit_page_length=SHOWN,
	)
	return {row.name: row.applicant_name for row in rows}


def figures(office: str) -> dict:
	"""Numbers of today: {"waiting", "served", "absent", "waiting_minutes", "service_minutes"}."""
	rows = frappe.get_list(
		TICKET,
		filters={"office": office, "day": nowdate()},
		fields=[
			"state",
			"count(name) as number",
			"sum(waiting_seconds) as waited",
			"count(called_on) as called",
			"sum(service_seconds) as served",
			"count(ended_on) as ended",
		],
		group_by="state",
		order_by=None,
	)
	count = {row.state: row.number for row in rows}
	return {
		"waiting": count.get("Waiting", 0),
		"served": count.get("Served", 0),
		"absent": count.get("Absent", 0),
		"waiting_minutes": _mean(rows, "waited", "called"),
		"service_minutes": _mean(rows, "served", "ended"),
	}


def _mean(rows: list[dict], total: str, number: str) -> int | None:
	"""Whole minutes; None where nothing was measured yet."""
	count = sum(row[number] or 0 for row in rows)
	return round(sum(row[total] or 0 for row in rows) / count / 60) if count else None


def display(office: str) -> dict:
	"""For the waiting room: {"office", "windows": [{"number", "window", "calls"}], "last": [numbers], "waiting"}. Nobody's name."""
	opened = offices.opened(office, TICKET, "read")
	rows = frappe.get_list(
		TICKET,
		filters={"office": opened.name, "day": nowdate(), "last_called_on": ["is", "set"]},
		fields=["number", "window", "state", "calls"],
		order_by="last_called_on desc, number desc",
		limit_page_length=opened.windows + LAST_CALLS,
	)
	there = [row for row in rows if row.state in steps.AT_WINDOW]
	return {
		"office": opened.office_name,
		"windows": [
			{
				"number": row.number,
				"window": cint(row.window),
				"calls": cint(row.calls),
				"called": row.state == "Called",
			}
			for row in there
		],
		"last": [row.number for row in rows if row.state not in steps.AT_WINDOW][:LAST_CALLS],
		"waiting": figures(opened.name)["waiting"],
	}
