"""Requests of services: received, open by age, overdue, decided, granted, refused, appealed, and how fast.

Of one service by governorate and office; of several by service and governorate.
"""

from typing import Any

import frappe
from frappe import _

from social_care.prints.layout import Layout
from social_care.services import backlog
from social_care.services.requests_of_all import Period, open_list, packs, services_read, units

TOTAL = {"bold": 1, "is_total": 1}


def execute(filters: dict | None = None) -> tuple:
	asked = frappe._dict(filters or {})
	rows = get_data(asked, Period.of(asked))
	return get_columns(asked), rows, None, get_chart(rows), get_summary(rows), 1


def get_columns(filters: dict) -> list[dict]:
	names = [("service_name", _("Service"), 260), ("governorate_name", _("Governorate"), 130)]
	if filters.get("service"):
		names = [("unit_name", _("Office Unit"), 220), names[1]]
	plain = [{"fieldname": name, "label": label, "fieldtype": "Data", "width": w} for name, label, w in names]
	return plain + [
		{"fieldname": name, "label": label, "fieldtype": kind, "width": 95}
		for name, label, kind in _numbers()
	]


def _numbers() -> tuple[tuple[str, str, str], ...]:
	return (
		("received", _("Requests Received"), "Int"),
		("open", _("Open Today"), "Int"),
		("overdue", _("Overdue Today"), "Int"),
		("to_7", _("Open 0–7 Days"), "Int"),
		("to_30", _("Open 8–30 Days"), "Int"),
		("to_90", _("Open 31–90 Days"), "Int"),
		("older", _("Open over 90 Days"), "Int"),
		("decided", _("Requests Decided"), "Int"),
		("granted", _("Requests Granted"), "Int"),
		("refused", _("Requests Refused"), "Int"),
		("appealed", _("Requests Appealed"), "Int"),
		("average_days", _("Average Working Days"), "Float"),
		("in_time", _("Decided in Time"), "Percent"),
	)


def get_data(filters: dict, period: Period) -> list[dict]:
	"""Rows and, where there are any, their total. Two queries a service, and those of the names."""
	services = services_read(
		{key: filters[key] for key in ("service_group",) if filters.get(key)} | _one(filters)
	)
	versions = packs([service.name for service in services])
	found = [
		{"service": service, "office": office, **row}
		for service in services
		for office, row in backlog.counted(service.request_type, versions[service.name], period).items()
	]
	rows = _by_place(found, filters, period)
	return [*rows, _total(rows, filters)] if rows else []


def _one(filters: dict) -> dict:
	return {"name": filters["service"]} if filters.get("service") else {}


def _by_place(found: list[dict], filters: dict, period: Period) -> list[dict]:
	"""Counted offices put together as the columns ask, in the order of their names."""
	named = units({row["office"] for row in found if row["office"]})
	groups: dict[tuple, list[dict]] = {}
	for row in found:
		unit = named.get(row["office"], {})
		governorate = unit.get("governorate")
		if filters.get("governorate") and governorate != filters["governorate"]:
			continue
		key = (
			row["service"]["name"],
			governorate or "",
			row["office"] or "" if filters.get("service") else "",
		)
		groups.setdefault(key, []).append(row | {"unit": unit})
	rows = [_row(parts, period) for parts in groups.values()]
	return sorted(rows, key=lambda row: (row["service"], row["governorate_name"], row["unit_name"]))


def _row(parts: list[dict], period: Period) -> dict[str, Any]:
	service, unit = parts[0]["service"], parts[0]["unit"]
	counted = backlog.with_shares(backlog.together(parts))
	offices = {part["office"] for part in parts}
	opens = {
		name: open_list(service["request_type"], filters, offices)
		for name, filters in backlog.lists(period).items()
		if counted[name]
	}
	return {
		"service": service["name"],
		"service_name": service["service_name"],
		"governorate_name": unit.get("governorate_name") or _("Not Given"),
		"unit_name": unit.get("unit_name") or _("Not Given"),
		"opens": {name: found for name, found in opens.items() if found},
		**counted,
	}


def _total(rows: list[dict], filters: dict) -> dict:
	first = "unit_name" if filters.get("service") else "service_name"
	return {first: _("Total"), **backlog.with_shares(backlog.together(rows)), **TOTAL}


def get_chart(rows: list[dict]) -> dict | None:
	"""Open requests by the days since they came in."""
	if not rows or not rows[-1]["open"]:
		return None
	labels = {name: label for name, label, _kind in _numbers()}
	return {
		"type": "bar",
		"data": {
			"labels": [labels[name] for name in backlog.BANDS],
			"datasets": [{"name": _("Open Today"), "values": [rows[-1][name] for name in backlog.BANDS]}],
		},
	}


def get_summary(rows: list[dict]) -> list[dict]:
	if not rows:
		return []
	kinds = {name: (label, kind) for name, label, kind in _numbers()}
	shown = ("received", "open", "overdue", "decided", "average_days", "in_time")
	return [
		{"label": kinds[name][0], "value": rows[-1][name] or 0, "datatype": kinds[name][1]} for name in shown
	]


def print_layout(filters: dict) -> Layout:
	facts = {
		_("Service"): ("Service", "service_name", filters.get("service")),
		_("Service Group"): ("Service Group", "group_name", filters.get("service_group")),
		_("Governorate"): ("Governorate", "governorate_name", filters.get("governorate")),
	}
	return Layout(
		period=Period.of(filters).spoken(),
		landscape=True,
		facts=[
			[label, frappe.db.get_value(doctype, name, title) or name]
			for label, (doctype, title, name) in facts.items()
			if name
		],
		notes=[_("Open requests are those of the day of the print, whenever they came in.")],
	)
