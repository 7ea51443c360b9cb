"""Of the institutions of each unit: how many were visited in the period, what was planned, made and is overdue."""

from collections import defaultdict

import frappe
from frappe import _
from frappe.utils import flt, get_year_start, getdate, nowdate

from social_care_inspections.inspections import risk
from social_care_inspections.inspections.visits import states

SUMS = ("institutions", "planned", "made", "overdue", "visited")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict]:
	rows = get_data(frappe._dict(filters or {}))
	return get_columns(), rows, None, get_chart(rows)


def get_columns() -> list[dict]:
	number = {"fieldtype": "Int", "width": 110}
	return [
		{"fieldname": "unit_name", "label": _("Supervising Unit"), "fieldtype": "Data", "width": 260},
		{"fieldname": "institutions", "label": _("Institutions"), **number},
		{"fieldname": "planned", "label": _("Visits Planned"), **number},
		{"fieldname": "made", "label": _("Visits Made"), **number},
		{"fieldname": "overdue", "label": _("Visits Overdue"), **number},
		{"fieldname": "visited", "label": _("Institutions Visited"), **number},
		{
			"fieldname": "coverage",
			"label": _("Coverage (Percent)"),
			"fieldtype": "Float",
			"precision": 1,
			"width": 120,
		},
	]


def get_data(filters: dict) -> list[dict]:
	"""Three queries: institutions and visits of the reader's scope, and names of units."""
	homes = risk.institutions()
	units = {row.name: row.org_unit for row in homes}
	names = dict(frappe.get_all("Org Unit", ["name", "unit_name"], as_list=True))  # a reference table
	counted = defaultdict(lambda: dict.fromkeys(SUMS, 0))
	for row in homes:
		counted[row.org_unit]["institutions"] += 1
	count_visits(counted, units, visits_of(filters))
	rows = [frappe._dict(unit=unit, unit_name=names.get(unit), **sums) for unit, sums in counted.items()]
	for row in rows:
		row.coverage = flt(100 * row.visited / row.institutions, 1)
	return sorted(rows, key=lambda row: (row.coverage, row.unit_name or ""))


def count_visits(counted: dict, units: dict[str, str], visits: list[dict]) -> None:
	"""Add the visits to the sums of the unit that supervises their institution now."""
	seen = set()
	for visit in visits:
		if visit.institution not in units:
			continue
		sums, made = counted[units[visit.institution]], visit.status in states.MADE
		sums["planned"] += 1
		sums["made"] += made
		sums["overdue"] += visit.status == states.PLANNED and visit.planned_on < getdate(nowdate())
		if made and visit.institution not in seen:
			seen.add(visit.institution)
			sums["visited"] += 1


def visits_of(filters: dict) -> list[dict]:
	"""Visits of the period, from the beginning of the year unless said otherwise, but for those that were cancelled."""
	begin = filters.from_date or get_year_start(nowdate())
	return frappe.get_list(
		states.DOCTYPE,
		filters=[
			[states.DOCTYPE, "status", "!=", states.CANCELLED],
			[states.DOCTYPE, "planned_on", "between", [begin, filters.to_date or nowdate()]],
		],
		fields=["institution", "status", "planned_on"],
		order_by="name asc",
		limit_page_length=0,
	)


def get_chart(rows: list[dict]) -> dict:
	"""Coverage of each unit."""
	return {
		"data": {
			"labels": [row.unit_name for row in rows],
			"datasets": [{"name": _("Coverage (Percent)"), "values": [row.coverage for row in rows]}],
		},
		"type": "bar",
	}
