"""Movements that wait, and those that should have gone on by now, on either side."""

import frappe
from frappe.utils import now_datetime, nowdate

from social_care.registry import figures
from social_care.registry.moves import states

DOCTYPE = "Placement Change"


def condition() -> str:
	"""SQL for changes whose answer, hand-over, confirmation or return is overdue."""
	now, today = frappe.db.escape(str(now_datetime())), frappe.db.escape(nowdate())
	table = f"`tab{DOCTYPE}`"
	return (
		f"(({table}.`status` in ('{states.ACCEPTANCE}', '{states.CONFIRMATION}') and {table}.`answer_due_on` < {now})"
		f" or ({table}.`status` = '{states.SCHEDULED}' and {table}.`effective_date` < {today})"
		f" or ({table}.`status` = '{states.ON_LEAVE}' and {table}.`due_back_on` < {today}))"
	)


def to_answer() -> int:
	"""Requests that wait for an institution at the reader's places to answer or to confirm."""
	return figures.count(
		DOCTYPE, f"`tab{DOCTYPE}`.`status` in ('{states.ACCEPTANCE}', '{states.CONFIRMATION}')"
	)


def on_leave() -> int:
	"""Children of the reader's institutions who are on leave today."""
	return figures.children("`tabChild`.`leave_due_back` is not null")


def overdue_names(names: list[str]) -> set[str]:
	"""Those of the given changes that are overdue."""
	if not names:
		return set()
	rows = frappe.db.sql(
		f"select `name` from `tab{DOCTYPE}` where `name` in %(names)s and {condition()}",  # built by this module
		{"names": names},
	)
	return {name for (name,) in rows}


def due_of(row: dict):
	"""The moment by which the next step of a change is due."""
	if row.status == states.ON_LEAVE:
		return row.due_back_on
	return row.answer_due_on or row.effective_date


def overdue_count() -> int:
	"""Overdue changes that the reader sees, on either side."""
	return len(overdue_names(open_names()))


def open_names() -> list[str]:
	if not frappe.has_permission(DOCTYPE, "read"):
		return []
	return frappe.get_list(
		DOCTYPE,
		filters={"status": ["in", states.OPEN]},
		pluck="name",
		limit_page_length=0,
		order_by="name asc",
	)
