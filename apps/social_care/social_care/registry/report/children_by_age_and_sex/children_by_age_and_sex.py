"""P02: children in institutions by age band and sex on a day; by parentage only for readers of that level."""

import frappe
from frappe import _
from frappe.utils import cint

from social_care.prints.layout import Layout, as_of
from social_care.registry import census, levels, small_numbers

SEXES = (("boys", "Boys", "Male"), ("girls", "Girls", "Female"))
PARENTAGE = (
	("known", "Known", "Known"),
	("karim", "Karim Al-Nasab", "Karim Al-Nasab"),
	("unsettled", "Under Investigation", "Under Investigation"),
	("unstated", "Not Stated", ""),
)


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None]:
	"""Columns, one row an age band and their sum; a line that says whether small numbers are hidden."""
	filters = frappe._dict(filters or {})
	rows = get_data(filters)
	limit = small_numbers.limit()
	if limit:
		rows = small_numbers.hidden(rows, [*shown_fields(), "children"], limit)
	return get_columns(), rows, small_numbers.note(limit)


def shown_fields() -> list[str]:
	"""Counted columns of this reader."""
	columns = SEXES + PARENTAGE if levels.readable(levels.PARENTAGE) else SEXES
	return [field for field, *_rest in columns]


def get_columns() -> list[dict]:
	columns = [{"fieldname": "band", "label": _("Age"), "fieldtype": "Data", "width": 180}]
	labels = {field: label for field, label, _value in SEXES + PARENTAGE} | {"children": "Total"}
	kind = "Data" if small_numbers.limit() else "Int"
	return columns + [
		{"fieldname": field, "label": _(labels[field]), "fieldtype": kind, "width": 130, "align": "right"}
		for field in [*shown_fields(), "children"]
	]


def get_data(filters: dict) -> list[dict]:
	"""One grouped query; ages are folded into the bands of the settings."""
	groups = {
		"age": "timestampdiff(year, `tabChild`.`birth_date`, %(day)s)",
		"sex": "`tabChild`.`sex`",
		"parentage": "ifnull(`tabChild`.`parentage`, '')",
	}
	bands = [
		{"band": row.band_label, "low": row.age_from, "high": row.age_below, **_zeros()}
		for row in sorted(_bands(), key=lambda row: row.age_from)
	]
	bands.append({"band": _("Age not known"), "low": None, "high": None, **_zeros()})
	for counted in census.count(groups, {"children": "count(*)"}, filters):
		_add(_band_of(bands, counted.age), counted)
	rows = [row for row in bands if row["low"] is not None or row["children"]]
	sums = {field: sum(row[field] for row in rows) for field in _zeros()}
	return [*rows, {"band": _("Total"), **sums, **census.TOTAL}] if sums["children"] else []


def _bands() -> list:
	return frappe.get_cached_doc("Social Care Settings").age_bands


def _zeros() -> dict[str, int]:
	return {field: 0 for field, *_rest in SEXES + PARENTAGE} | {"children": 0}


def _band_of(bands: list[dict], age: int | None) -> dict:
	inside = (row for row in bands[:-1] if age is not None and row["low"] <= age < row["high"])
	return next(inside, bands[-1])


def _add(band: dict, counted: dict) -> None:
	for field, _label, value in SEXES:
		band[field] += counted.children if counted.sex == value else 0
	for field, _label, value in PARENTAGE:
		band[field] += counted.children if counted.parentage == value else 0
	band["children"] += cint(counted.children)


def print_layout(filters: dict) -> Layout:
	note = small_numbers.note(small_numbers.limit())
	day = as_of(census.day_of(filters))
	return Layout.of(filters, period=day, numbered=False, notes=[note] if note else [])
