"""How long people wait at counters and how long they are served, by counter, day and group of services."""

import frappe
from frappe import _
from frappe.utils import add_days, cint, flt, format_date, getdate, nowdate

from social_care.prints.layout import Layout
from social_care.services.counter.offices import OFFICE, TICKET

DAYS = 30  # of the table, where no first day is asked for
FIGURES = [
	"count(name) as tickets",
	"count(called_on) as called",
	"sum(waiting_seconds) as waited",
	"max(waiting_seconds) as longest",
	"sum(within_target) as in_time",
	"count(ended_on) as ended",
	"sum(service_seconds) as worked",
]

KEYS = ("office", "day", "service_group")
ADDED = ("tickets", "called", "waited", "in_time", "ended", "worked")


class PeriodError(frappe.ValidationError):
	"""A period that ends before it begins."""


def execute(filters: dict | None = None) -> tuple:
	asked = frappe._dict(filters or {})
	rows = get_data(asked)
	return get_columns(), rows, None, None, get_summary(rows)


def get_columns() -> list[dict]:
	names = [
		{"fieldname": "office_name", "label": _("Service Counter"), "fieldtype": "Data", "width": 220},
		{"fieldname": "day", "label": _("Day"), "fieldtype": "Date", "width": 110},
		{"fieldname": "group_name", "label": _("Service Group"), "fieldtype": "Data", "width": 190},
	]
	numbers = (
		("tickets", _("Tickets"), "Int"),
		("served", _("Served"), "Int"),
		("absent", _("Absent"), "Int"),
		("waiting_minutes", _("Mean Waiting Time (Minutes)"), "Float"),
		("longest_minutes", _("Longest Waiting Time (Minutes)"), "Float"),
		("in_time_share", _("Called in Time (%)"), "Percent"),
		("service_minutes", _("Mean Service Time (Minutes)"), "Float"),
	)
	return names + [
		{"fieldname": name, "label": label, "fieldtype": kind, "width": 120, "precision": 1}
		for name, label, kind in numbers
	]


def period(filters: dict) -> tuple:
	"""First and last day; the last month where none is asked for."""
	last = getdate(filters.to_date or nowdate())
	first = getdate(filters.from_date or add_days(last, -DAYS))
	if first > last:
		frappe.throw(_("The period ends before it begins."), PeriodError, title=_("Period"))
	return first, last


def get_data(filters: dict) -> list[dict]:
	"""Rows of the reader's scope: three queries, whatever their number."""
	wanted = {"day": ["between", period(filters)]}
	wanted |= {field: filters[field] for field in ("office", "service_group") if filters.get(field)}
	found = frappe.get_list(
		TICKET,
		filters=wanted,
		fields=["office", "day", "service_group", "state", *FIGURES],
		group_by="office, day, service_group, state",
		order_by="day desc, office asc, service_group asc",
		limit_page_length=0,
	)
	rows = joined(found)
	offices = frappe.get_list(
		OFFICE, fields=["name", "office_name"], as_list=True, order_by="name asc", limit_page_length=0
	)
	groups = frappe.get_all("Service Group", fields=["name", "group_name"], as_list=True, order_by=None)
	names, titles = dict(offices), dict(groups)
	for row in rows:
		row.office_name, row.group_name = names.get(row.office, ""), titles.get(row.service_group, "")
		row.update(means(row))
	return rows


def joined(found: list[dict]) -> list[dict]:
	"""One row a counter, day and group, of the rows of their states."""
	rows: dict[tuple, dict] = {}
	for part in found:
		key = (part.office, part.day, part.service_group)
		first = {**dict(zip(KEYS, key, strict=True)), **dict.fromkeys(ADDED, 0)}
		row = rows.setdefault(key, frappe._dict(first))
		for name in ADDED:
			row[name] += cint(part[name])
		row.longest = max(cint(row.longest), cint(part.longest))
		row[frappe.scrub(part.state)] = part.tickets
	for row in rows.values():
		row.update({name: cint(row.get(name)) for name in ("served", "absent")})
	return list(rows.values())


def means(row: dict) -> dict:
	"""Minutes and shares of a row; None where nothing was measured."""
	return {
		"waiting_minutes": _ratio(row.waited, row.called, 1 / 60),
		"longest_minutes": _ratio(row.longest, 1, 1 / 60) if row.called else None,
		"in_time_share": _ratio(row.in_time, row.called, 100),
		"service_minutes": _ratio(row.worked, row.ended, 1 / 60),
	}


def _ratio(total: float, number: int, factor: float) -> float | None:
	return round(flt(total) * factor / number, 1) if number else None


def get_summary(rows: list[dict]) -> list[dict]:
	"""The whole table in four figures."""
	names = ("tickets", "waited", "called", "longest", "in_time", "worked", "ended")
	total = frappe._dict({name: sum(cint(row[name]) for row in rows) for name in names})
	found = means(total)
	lines = (
		(_("Tickets"), total.tickets, "Int"),
		(_("Mean Waiting Time (Minutes)"), found["waiting_minutes"], "Float"),
		(_("Called in Time (%)"), found["in_time_share"], "Percent"),
		(_("Mean Service Time (Minutes)"), found["service_minutes"], "Float"),
	)
	return [
		{"label": label, "value": value, "datatype": kind, "indicator": "Blue"}
		for label, value, kind in lines
		if value is not None
	]


def print_layout(filters: dict) -> Layout:
	first, last = (format_date(day) for day in period(frappe._dict(filters)))
	return Layout(period=_("From {0} to {1}").format(first, last), landscape=True)
