"""Children in families of the reader's places: visits that were due in a period, visits that were made, and what is overdue. No names."""

from collections import defaultdict

import frappe
from frappe import _
from frappe.utils import add_months, flt, getdate, nowdate

from social_care_kafala.kafala.doctype.kafala_follow_up_visit.kafala_follow_up_visit import FOLLOWED
from social_care_kafala.kafala.hand_over import visits
from social_care_kafala.kafala.path import states

MONTHS = 3  # the period where none is chosen: the longest time between two visits
BASELINE = (3448, 7479)  # children visited, children in kafala; 14 governorates, published by the ministry


def execute(filters: dict | None = None) -> tuple[list, list, str, None, list]:
	given = period(frappe._dict(filters or {}))
	rows = get_data(given)
	return get_columns(), rows, baseline(), None, get_summary(rows)


def period(filters: dict) -> dict:
	"""The days asked for; the last three months where none are."""
	filters.to_date = getdate(filters.to_date or nowdate())
	filters.from_date = getdate(filters.from_date or add_months(filters.to_date, -MONTHS))
	return filters


def get_columns() -> list[dict]:
	counts = (
		("families", _("Families Followed Up")),
		("due", _("Visits Due in the Period")),
		("made", _("Of These Made")),
		("overdue", _("Visits Overdue Today")),
		("alerts", _("Visits with an Alert")),
	)
	return [
		{
			"fieldname": "place",
			"label": _("Social Administration of Residence"),
			"fieldtype": "Data",
			"width": 240,
		},
		*({"fieldname": name, "label": label, "fieldtype": "Int", "width": 130} for name, label in counts),
		{
			"fieldname": "coverage",
			"label": _("Coverage of the Follow-Up"),
			"fieldtype": "Percent",
			"width": 130,
		},
	]


def get_data(filters: dict) -> list[dict]:
	"""A row for each administration with a family; three queries, whatever the number of visits."""
	places = [["org_unit", "descendants of (inclusive)", filters.org_unit]] if filters.get("org_unit") else []
	units: dict[str, dict] = defaultdict(lambda: frappe._dict(families=0, due=0, made=0, overdue=0, alerts=0))
	for file in ask(states.DOCTYPE, [["status", "in", FOLLOWED], *places], ["org_unit"]):
		units[file.org_unit].families += 1
	for visit in ask(visits.DOCTYPE, places, ["org_unit", "status", "due_on", "visit_date", "alert"]):
		count(units[visit.org_unit], visit, filters)
	names = unit_names(list(units))
	rows = [
		row | {"place": names.get(unit, unit), "coverage": share(row.made, row.due)}
		for unit, row in units.items()
	]
	return sorted((frappe._dict(row) for row in rows), key=lambda row: row.place)


def ask(doctype: str, filters: list, fields: list[str]) -> list[dict]:
	"""Rows of the reader's scope."""
	return frappe.get_list(doctype, filters=filters, fields=fields, order_by="name asc", limit_page_length=0)


def count(row: dict, visit: dict, filters: dict) -> None:
	"""One visit in the figures of its administration; a visit that was never made stays due until it is."""
	if visit.status == visits.CANCELLED or not visit.due_on:
		return
	open_before = visit.status == visits.DUE and visit.due_on < filters.from_date
	if filters.from_date <= visit.due_on <= filters.to_date or open_before:
		row.due += 1
		row.made += int(visit.status == visits.MADE)
	row.overdue += int(visit.status == visits.DUE and visit.due_on < getdate(nowdate()))
	seen = visit.visit_date and filters.from_date <= visit.visit_date <= filters.to_date
	row.alerts += int(bool(seen) and visit.alert not in (None, "", "No Alert"))


def share(made: int, due: int) -> float | None:
	return flt(100 * made / due, 1) if due else None


def unit_names(units: list[str]) -> dict[str, str]:
	"""Names of units, which everybody knows."""
	rows = frappe.get_all("Org Unit", {"name": ["in", units]}, ["name", "unit_name"])
	return {row.name: row.unit_name for row in rows}


def baseline() -> str:
	visited, children = BASELINE
	text = _("Published before: {0} of {1} children were visited ({2} %).")
	return text.format(f"{visited:,}", f"{children:,}", round(100 * visited / children))


def get_summary(rows: list[dict]) -> list[dict]:
	due, made = sum(row.due for row in rows), sum(row.made for row in rows)
	overdue = sum(row.overdue for row in rows)
	found = [
		(_("Families Followed Up"), sum(row.families for row in rows), "Blue", "Int"),
		(_("Visits Overdue Today"), overdue, "Red" if overdue else "Green", "Int"),
	]
	if due:
		found.append(
			(
				_("Coverage of the Follow-Up"),
				share(made, due),
				"Green" if made == due else "Orange",
				"Percent",
			)
		)
	return [
		{"label": label, "value": value, "indicator": colour, "datatype": kind}
		for label, value, colour, kind in found
	]
