"""Figures of services, counted at the places of the reader with the framework's own lists."""

import frappe
from frappe import _
from frappe.query_builder.functions import Count, DateFormat
from frappe.utils import add_months, cint, flt, get_first_day, getdate, nowdate

from social_care.services import versions
from social_care.services.packs.definition import state_of
from social_care.services.requests_of_all import of_reader

OPEN = ("draft", "open", "waiting", "external")
MONTHS = 12


def _names(pack: dict, kinds: tuple[str, ...]) -> list[str]:
	return [state["title"]["en"] for state in pack["workflow"]["states"] if state["kind"] in kinds]


def indicator(service: str, code: str) -> dict:
	"""A number card: {"value", "fieldtype", "route", "route_options"} of one indicator of a service."""
	pack = versions.published(service)
	row = next((row for row in (pack or {}).get("indicators", []) if row["code"] == code), None)
	if not row or not frappe.has_permission(pack["document_type"], "read"):
		return {"value": 0, "fieldtype": "Int"}
	filters = _filters(pack, row)
	value, kind = _value(pack["document_type"], row, filters)
	options = {key: value for key, value in filters.items() if not isinstance(value, dict)}
	return {
		"value": value,
		"fieldtype": kind,
		"route": ["List", pack["document_type"]],
		"route_options": options,
	}


def _filters(pack: dict, row: dict) -> dict:
	filters: dict = dict(row["where"])
	if row["states"]:
		filters["status"] = ["in", [state_of(pack, code)["title"]["en"] for code in row["states"]]]
	elif row["kind"] in ("open", "overdue"):
		filters["status"] = ["in", _names(pack, OPEN)]
	if row["kind"] == "overdue":
		filters["overdue"] = 1
	if row["kind"] in ("decided_in_time", "average_days"):
		filters["decided_on"] = ["is", "set"]
	return filters


def _value(doctype: str, row: dict, filters: dict) -> tuple[float, str]:
	if row["kind"] == "sum":
		return flt(_aggregate(doctype, f"sum({row['field']}) as figure", filters)), "Float"
	if row["kind"] == "average_days":
		return round(flt(_aggregate(doctype, "avg(working_days) as figure", filters)), 1), "Float"
	count = cint(_aggregate(doctype, "count(name) as figure", filters))
	if row["kind"] != "decided_in_time":
		return count, "Int"
	late = cint(_aggregate(doctype, "count(name) as figure", filters | {"overdue": 1}))
	return (round(100 * (count - late) / count, 1) if count else 0), "Percent"


def _aggregate(doctype: str, expression: str, filters: dict) -> float:
	rows = frappe.get_list(doctype, filters=filters, fields=[expression], order_by=None)
	return rows[0].figure if rows else 0


def requests_by_month(service: str) -> dict:
	"""Requests of the last twelve months at the reader's places: {"labels": [...], "datasets": [{"name", "values"}]}."""
	pack = versions.published(service)
	if not pack or not frappe.has_permission(pack["document_type"], "read"):
		return {"labels": [], "datasets": []}
	start = get_first_day(add_months(getdate(nowdate()), 1 - MONTHS))
	months = [str(add_months(start, step))[:7] for step in range(MONTHS)]
	found = _by_month(pack["document_type"], str(start))
	return {
		"labels": months,
		"datasets": [{"name": _("Requests"), "values": [found.get(m, 0) for m in months]}],
	}


def _by_month(doctype: str, start: str) -> dict[str, int]:
	"""{"2026-05": requests} since `start`, of the reader's list; a list itself groups by no expression."""
	request = frappe.qb.DocType(doctype)
	month = DateFormat(request.submitted_on, "%Y-%m")
	query = frappe.qb.from_(request).where(request.submitted_on >= start).groupby(month)
	return dict(of_reader(query.select(month, Count("*")), doctype).run())
