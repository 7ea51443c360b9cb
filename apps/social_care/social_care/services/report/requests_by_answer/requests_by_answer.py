"""Requests of a service by answers: up to three fields of its form, by place, with means of up to two numbers."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, flt

from social_care.prints.layout import Layout
from social_care.services import answers
from social_care.services.answers import CHOICES, NUMBERS, Answer
from social_care.services.requests_of_all import Period, governorate_fact, open_list, units

TOTAL = {"bold": 1, "is_total": 1}
BY = ("first_answer", "second_answer", "third_answer")
OF = ("first_number", "second_number")
PLACES = ("Governorate", "Office Unit")


def execute(filters: dict | None = None) -> tuple:
	asked = frappe._dict(filters or {})
	if not asked.get("service"):
		return [], [], _("Please choose a service."), None, None, 1
	service, by, numbers = chosen(asked)
	rows = get_data(asked, service, by, numbers)
	return get_columns(asked, by, numbers), rows, None, get_chart(rows, by), None, 1


def chosen(filters: dict) -> tuple[dict, list[Answer], list[Answer]]:
	"""The service, the answers to count by and the numbers to take means of. Raises PermissionError."""
	service = answers.service_read(filters["service"])
	offered = answers.offered_of(service)
	by = answers.chosen(offered, [filters.get(name) for name in BY], CHOICES)
	return service, by, answers.chosen(offered, [filters.get(name) for name in OF], NUMBERS)


def get_columns(filters: dict, by: list[Answer], numbers: list[Answer]) -> list[dict]:
	columns = [_column("governorate_name", _("Governorate"))] if filters.get("places") in PLACES else []
	if filters.get("places") == "Office Unit":
		columns.append(_column("unit_name", _("Office Unit")))
	columns += [_column(f"answer_{place}", answer.label) for place, answer in enumerate(by)]
	columns.append(_column("requests", _("Requests"), "Int"))
	columns.append(_column("share", _("Share of Requests"), "Percent"))
	for place, answer in enumerate(numbers):
		columns.append(_column(f"given_{place}", _("{0}: Given").format(answer.label), "Int"))
		columns.append(_column(f"mean_{place}", _("{0}: Average").format(answer.label), "Float"))
	return columns


def _column(name: str, label: str, kind: str = "Data") -> dict:
	return {"fieldname": name, "label": label, "fieldtype": kind, "width": 180 if kind == "Data" else 130}


def get_data(filters: dict, service: dict, by: list[Answer], numbers: list[Answer]) -> list[dict]:
	"""Rows and their total; one query, and those of the names."""
	period = Period.of(filters)
	found = answers.counted(service["request_type"], by, numbers, period)
	named = units({row.org_unit for row in found if row.org_unit})
	groups: dict[tuple, list[dict]] = {}
	for row in found:
		unit = named.get(row.org_unit, {})
		if filters.get("governorate") and unit.get("governorate") != filters["governorate"]:
			continue
		groups.setdefault((*_place(filters, unit), *_order(row, by)), []).append(row | {"unit": unit})
	rows = [
		_told(groups[key], by, numbers) | _opened(service, groups[key], by, period) for key in sorted(groups)
	]
	return [*_with_shares(rows), _total(rows, by, numbers, filters)] if rows else []


def _place(filters: dict, unit: dict) -> tuple[str, ...]:
	names = (unit.get("governorate_name", ""), unit.get("unit_name", ""))
	return names[: {"Governorate": 1, "Office Unit": 2}.get(filters.get("places"), 0)]


def _order(row: dict, by: list[Answer]) -> tuple[tuple[int, str], ...]:
	"""Values in the order in which the form offers them; what was not given comes last."""
	found = []
	for answer in by:
		value, choices = row[answer.fieldname], [*answer.choices]
		if answer.kind == "yes_no":
			found.append((1 - cint(value), ""))
		else:
			found.append((choices.index(value) if value in choices else len(choices), value or ""))
	return tuple(found)


def _told(parts: list[dict], by: list[Answer], numbers: list[Answer]) -> dict[str, Any]:
	unit = parts[0]["unit"]
	row = {
		"governorate_name": unit.get("governorate_name") or _("Not Given"),
		"unit_name": unit.get("unit_name") or _("Not Given"),
	}
	row |= {f"answer_{i}": answer.spoken(parts[0][answer.fieldname]) for i, answer in enumerate(by)}
	return row | _sums(parts, numbers)


def _sums(parts: list[dict], numbers: list[Answer]) -> dict[str, Any]:
	row: dict[str, Any] = {"requests": sum(part["requests"] for part in parts)}
	for place in range(len(numbers)):
		row[f"given_{place}"] = sum(cint(part[f"given_{place}"]) for part in parts)
		row[f"sum_{place}"] = sum(flt(part[f"sum_{place}"]) for part in parts)
	return row | answers.means(row, numbers)


def _opened(service: dict, parts: list[dict], by: list[Answer], period: Period) -> dict:
	"""The list behind the number of a row."""
	filters: dict[str, Any] = {"submitted_on": period.as_filter()}
	for answer in by:
		value = parts[0][answer.fieldname]
		filters[answer.fieldname] = cint(value) if answer.kind == "yes_no" else value or ["is", "not set"]
	found = open_list(service["request_type"], filters, {part["org_unit"] for part in parts})
	return {"opens": {"requests": found} if found else {}}


def _with_shares(rows: list[dict]) -> list[dict]:
	whole = sum(row["requests"] for row in rows)
	return [row | {"share": round(100 * row["requests"] / whole, 1)} for row in rows]


def _total(rows: list[dict], by: list[Answer], numbers: list[Answer], filters: dict) -> dict:
	columns = get_columns(filters, by, numbers)
	first = {columns[0]["fieldname"]: _("Total")} if columns[0]["fieldtype"] == "Data" else {}
	return first | _sums(rows, numbers) | {"share": 100.0} | TOTAL


def get_chart(rows: list[dict], by: list[Answer]) -> dict | None:
	"""Requests by the first answer, where it was asked for."""
	if not rows or not by:
		return None
	found: dict[str, int] = {}
	for row in rows[:-1]:
		found[row["answer_0"]] = found.get(row["answer_0"], 0) + row["requests"]
	values = [{"name": _("Requests"), "values": list(found.values())}]
	return {"type": "bar", "data": {"labels": list(found), "datasets": values}}


def print_layout(filters: dict) -> Layout:
	if not filters.get("service"):
		return Layout()
	service, _by, numbers = chosen(filters)
	facts = [[_("Service"), service["service_name"]], *governorate_fact(filters.get("governorate"))]
	notes = [_("Averages are of the requests in which the number was given.")] if numbers else []
	return Layout(period=Period.of(filters).spoken(), facts=facts, notes=notes)
