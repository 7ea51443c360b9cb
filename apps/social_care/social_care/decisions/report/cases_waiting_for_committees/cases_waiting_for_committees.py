"""Committees of the reader's places: cases that wait for each, those on an open agenda, its last session and the next."""

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Max, Min
from frappe.utils import cint
from pypika import Case

from social_care.decisions.committees.waiting import OPEN, SESSION, counts
from social_care.services.requests_of_all import of_reader


def execute(filters: dict | None = None) -> tuple:
	rows = get_data(frappe._dict(filters or {}))
	return get_columns(), rows, None, None, get_summary(rows)


def get_columns() -> list[dict]:
	return [
		_column("committee_name", _("Committee"), width=320),
		_column("unit_name", _("Unit"), width=220),
		_column("waiting", _("Cases Waiting"), "Int", 120),
		_column("on_agenda", _("On an Agenda"), "Int", 120),
		_column("sessions", _("Closed Sessions"), "Int", 120),
		_column("last_held", _("Last Session"), "Date", 120),
		_column("next_held", _("Next Session"), "Date", 120),
	]


def _column(name: str, label: str, kind: str = "Data", width: int = 120) -> dict:
	return {"fieldname": name, "label": label, "fieldtype": kind, "width": width}


def get_data(filters: dict) -> list[dict]:
	rows = [row for row in counts() if filters.committee_kind in (None, "", row.committee_kind)]
	if cint(filters.waiting_only):
		rows = [row for row in rows if row["waiting"]]
	held = sessions()
	names = dict(frappe.get_all("Org Unit", fields=["name", "unit_name"], as_list=True))  # a reference table
	for row in rows:
		row.update(held.get(row.name, {"sessions": 0}))
		row["unit_name"] = names.get(row.org_unit)
	return rows


def sessions() -> dict[str, dict]:
	"""{committee: closed sessions, the last of them, the next that is called} of the reader's list, in one query."""
	row = frappe.qb.DocType(SESSION)
	closed, called = row.status == "Session Closed", row.status.isin(OPEN)
	query = frappe.qb.from_(row).groupby(row.committee).orderby(row.committee)
	query = query.select(
		row.committee,
		Count(Case().when(closed, row.name)).as_("sessions"),
		Max(Case().when(closed, row.held_on)).as_("last_held"),
		Min(Case().when(called, row.held_on)).as_("next_held"),
	)
	return {found.pop("committee"): found for found in of_reader(query, SESSION).run(as_dict=True)}


def get_summary(rows: list[dict]) -> list[dict]:
	figures = (("Cases Waiting", "waiting"), ("On an Agenda", "on_agenda"))
	return [
		{"label": _(label), "value": sum(row[field] for row in rows), "datatype": "Int"}
		for label, field in figures
	]
