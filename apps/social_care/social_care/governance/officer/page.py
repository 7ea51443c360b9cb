"""The screen of a data officer: what waits, the oldest first, and what was done in the last thirty days."""

import frappe
from frappe.utils import add_days, date_diff, nowdate

from social_care.governance.officer import tasks
from social_care.governance.officer.providers import titles
from social_care.governance.officer.tasks import OPEN, TASK
from social_care.organisation.grants import active_grants

AT_ONCE = 50
OFFICER = "Directorate Data Officer"
DAYS = 30  # of which the screen tells what was done


def refresh() -> None:
	"""Bring the queue of the caller's own directorates up to date."""
	for grant in active_grants(frappe.session.user):
		if grant.role == OFFICER and grant.org_unit:
			tasks.follow_directorate(grant.org_unit)


def queue(kind: str = "", start: int = 0) -> dict:
	"""{"kinds": [{"kind", "title", "number", "done"}], "rows", "more"} of the reader's list of tasks; six queries."""
	chosen = {"kind": kind} if kind else {}
	rows = frappe.get_list(
		TASK,
		filters={"status": OPEN, **chosen},
		fields=[
			*("name", "kind", "record_type", "record_name", "institution", "since"),
			"institution.institution_name as institution_name",
		],
		order_by=f"`tab{TASK}`.since asc, `tab{TASK}`.name asc",
		limit_start=max(0, int(start)),
		limit_page_length=AT_ONCE + 1,
	)
	named = titles()
	shown = [_line(row, named) for row in rows[:AT_ONCE]]
	return {"kinds": kinds(named), "rows": shown, "more": len(rows) > AT_ONCE}


def _line(row: dict, named: dict[str, str]) -> dict:
	return row | {
		"title": named.get(row.kind, row.kind),
		"record": frappe._(row.record_type),
		"days": max(0, date_diff(nowdate(), row.since)),
		"since": str(row.since),
	}


def kinds(named: dict[str, str]) -> list[dict]:
	"""How much waits of each kind, and how much was done lately."""
	waiting = _counted({"status": OPEN})
	done = _counted({"status": tasks.DONE, "done_on": [">=", add_days(nowdate(), -DAYS)]})
	return [
		{"kind": kind, "title": title, "number": waiting.get(kind, 0), "done": done.get(kind, 0)}
		for kind, title in named.items()
	]


def _counted(filters: dict) -> dict[str, int]:
	rows = frappe.get_list(
		TASK,
		filters=filters,
		fields=["kind", "count(name) as number"],
		group_by="kind",
		order_by="kind asc",
		limit_page_length=0,
	)
	return {row.kind: row.number for row in rows}
