"""What data officers have done in a period and what waits, by directorate and officer, at the places of the reader."""

import frappe
from frappe import _
from frappe.utils import add_days, add_months, date_diff, format_date, getdate, nowdate

from social_care.governance.officer.providers import titles
from social_care.governance.officer.tasks import TASK
from social_care.prints.layout import Layout
from social_care.registry import figures


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""One row a directorate; done by kind of work within the period, what waits now and since how many days."""
	asked = validate_filters(filters or {})
	return get_columns(), get_data(asked)


def validate_filters(filters: dict) -> frappe._dict:
	"""Days of the period in order; the last month where none are given."""
	last = getdate(filters.get("to_date") or nowdate())
	first = getdate(filters.get("from_date") or add_months(last, -1))
	if first > last:
		frappe.throw(_("The period ends before it begins."), title=_("Period"))
	return frappe._dict(first=first, last=last)


def get_columns() -> list[dict]:
	kinds = [
		{"fieldname": frappe.scrub(kind), "label": title, "fieldtype": "Int", "width": 130}
		for kind, title in titles().items()
	]
	return [
		{"fieldname": "directorate_name", "label": _("Directorate"), "fieldtype": "Data", "width": 230},
		{"fieldname": "officer_name", "label": _("Data Officer"), "fieldtype": "Data", "width": 180},
		*kinds,
		{"fieldname": "done", "label": _("Done in All"), "fieldtype": "Int", "width": 90},
		{"fieldname": "waiting", "label": _("Waiting"), "fieldtype": "Int", "width": 90},
		{"fieldname": "oldest", "label": _("Oldest (Days)"), "fieldtype": "Int", "width": 100},
	]


def get_data(filters: dict) -> list[dict]:
	"""Sums alone, so counted for whoever sees the directorate; two queries."""
	rows: dict[tuple, dict] = {}
	for row in _done(filters):
		own = rows.setdefault((row.directorate, row.officer), _empty(row))
		own[frappe.scrub(row.kind)] = row.number
		own["done"] += row.number
	for row in _waiting():
		own = rows.setdefault((row.directorate, row.officer), _empty(row))
		own |= {"waiting": row.number, "oldest": max(0, date_diff(nowdate(), row.oldest))}
	return sorted(rows.values(), key=lambda row: (row["directorate_name"] or "", -row["done"]))


def _empty(row: dict) -> dict:
	return {
		"directorate_name": row.directorate_name,
		"officer_name": row.officer_name or _("Nobody was data officer"),
		**{frappe.scrub(kind): 0 for kind in titles()},
		"done": 0,
		"waiting": 0,
		"oldest": 0,
	}


def _done(filters: dict) -> list[dict]:
	return _counted(
		"task.`officer`",
		"task.`status` = 'Done' and task.`done_on` >= %(first)s and task.`done_on` < %(end)s",
		filters,
	)


def _waiting() -> list[dict]:
	officer = """(select now_is.`user` from `tabData Officer` now_is where now_is.`directorate` = task.`directorate`
		and now_is.`valid_from` <= %(today)s and (now_is.`valid_to` is null or now_is.`valid_to` >= %(today)s) limit 1)"""
	rows = _counted(officer, "task.`status` = 'Open'", {})
	found: dict[str, dict] = {}
	for row in rows:
		own = found.setdefault(row.directorate, row | {"number": 0, "oldest": row.oldest})
		own["number"] += row.number
		own["oldest"] = min(own["oldest"], row.oldest)
	return [frappe._dict(row) for row in found.values()]


def _counted(officer: str, condition: str, filters: dict) -> list[dict]:
	where = " and ".join(f"({part})" for part in (condition, figures.places(TASK)) if part)
	where = where.replace(f"`tab{TASK}`", "task")
	return frappe.db.sql(
		f"""select counted.*, unit.`unit_name` as directorate_name, user.`full_name` as officer_name from (
			select task.`directorate`, {officer} as officer, task.`kind`, count(*) as number, min(task.`since`) as oldest
			from `tab{TASK}` task where {where} group by 1, 2, 3) counted
		left join `tabOrg Unit` unit on unit.`name` = counted.`directorate`
		left join `tabUser` user on user.`name` = counted.`officer`""",  # of this module and social_care.scope
		{
			"today": nowdate(),
			"first": filters.get("first"),
			"end": add_days(filters.get("last") or nowdate(), 1),
		},
		as_dict=True,
	)


def print_layout(filters: dict) -> Layout:
	asked = validate_filters(filters)
	return Layout(
		period=_("From {0} to {1}").format(format_date(asked.first), format_date(asked.last)),
		landscape=True,
		facts=[],
	)
