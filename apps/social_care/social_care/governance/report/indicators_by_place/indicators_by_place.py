"""One indicator at every place of the reader in its latest period, and its course at the highest of them."""

from collections import defaultdict

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Max
from frappe.utils import cint, format_date
from pypika.terms import Criterion

from social_care.governance.indicators import cells, figures, keeping, suppression
from social_care.governance.indicators.counting import Written
from social_care.governance.indicators.names import dimension_label, key_label
from social_care.prints.layout import Layout, as_of
from social_care.registry import figures as scope
from social_care.registry.small_numbers import HIDDEN, note

ORDER = {level: place for place, level in enumerate(cells.LEVELS)}


def execute(filters: dict | None = None) -> tuple:
	"""A row a place and dimension; a line of the course; the value on top."""
	asked = validate_filters(filters or {})
	told = next((one for one in figures.of_reader() if one.indicator.name == asked.indicator), None)
	data, below = get_data(asked)
	return get_columns(asked), data, note(below), get_chart(told), get_summary(told)


def validate_filters(filters: dict) -> frappe._dict:
	"""The indicator has to be one that everybody may read of."""
	asked = frappe._dict(filters)
	if not asked.indicator or not frappe.db.exists(keeping.INDICATOR, asked.indicator):
		frappe.throw(_("Choose an indicator."), frappe.DoesNotExistError, title=_("Indicator"))
	asked.row = frappe.get_cached_doc(keeping.INDICATOR, asked.indicator)
	return asked


def get_columns(asked: dict) -> list[dict]:
	dimensions = [
		{"fieldname": "told_by", "label": _("Told By"), "fieldtype": "Data", "width": 130},
		{"fieldname": "key", "label": _("Value of the Field"), "fieldtype": "Data", "width": 150},
	]
	numbers = [
		{"fieldname": name, "label": _(text), "fieldtype": "Data", "width": 110, "align": "right"}
		for name, text in (("numerator", "Numerator"), ("denominator", "Denominator"), ("value", "Value"))
	]
	return [
		{"fieldname": "level", "label": _("Level of the Place"), "fieldtype": "Data", "width": 120},
		{"fieldname": "place", "label": _("Place"), "fieldtype": "Data", "width": 260},
		*(dimensions if asked.with_dimensions else []),
		*numbers,
		{"fieldname": "as_of", "label": _("Counted At"), "fieldtype": "Datetime", "width": 150},
	]


def get_data(asked: dict) -> tuple[list[dict], int]:
	"""Rows of the latest period at the reader's places, with the limit below which numbers were hidden (0: none was)."""
	rows = _values(asked)
	levels = figures.readable_levels()
	below = cint(frappe.get_cached_doc("Social Care Settings").print_small_numbers_below)
	protected = [row for row in rows if row.level not in levels and frappe.session.user != "Administrator"]
	hidden = _hidden(asked.row, protected, below)
	names = _names(rows)
	rows.sort(
		key=lambda row: (
			ORDER[row.place_level],
			row.dimension,
			names.get(_place(row), ""),
			row.dimension_value,
		)
	)
	return [_row(asked.row, row, names, row.name in hidden) for row in rows], below if hidden else 0


def _values(asked: dict) -> list[dict]:
	value = DocType(keeping.VALUE)
	own = (value.indicator == asked.indicator) & (value.version == asked.row.version)
	latest = frappe.qb.from_(value).select(Max(value.period_end)).where(own)
	where: Criterion = own & (value.period_end == latest)
	for part in (scope.places(keeping.VALUE),):
		where = where & Written(part) if part else where
	for field in ("place_level", "governorate"):
		where = where & (value[field] == asked[field]) if asked.get(field) else where
	if not asked.with_dimensions:
		where &= value.dimension == ""
	return frappe.qb.from_(value).select("*").where(where).orderby(value.name).run(as_dict=True)


def _hidden(indicator, rows: list[dict], below: int) -> set[str]:
	"""Names of values that a reader who opens no files is not told: table by table, a level and a dimension each."""
	tables: dict[tuple, dict] = defaultdict(dict)
	for row in rows:
		of = row.org_unit if row.dimension or row.place_level == cells.INSTITUTION else ""
		counts = suppression.counts_of(
			indicator.unit, row.numerator, row.denominator if row.has_denominator else None
		)
		tables[(row.place_level, row.dimension, of)][row.name] = counts
	return {name for table in tables.values() for name in suppression.hidden(table, below)}


def _place(row: dict) -> str:
	return row.institution or row.org_unit or ""


def _names(rows: list[dict]) -> dict[str, str]:
	"""Names of the places of rows that the reader's scope has let through."""
	found = {}
	for doctype, field in (("Institution", "institution_name"), ("Org Unit", "unit_name")):
		names = list({_place(row) for row in rows})
		found |= dict(
			frappe.get_all(
				doctype, {"name": ["in", names or [""]]}, ["name", field], as_list=True, order_by=None
			)
		)
	return found


def _row(indicator, row: dict, names: dict[str, str], is_hidden: bool) -> dict:
	numbers = {
		"numerator": _number(row.numerator),
		"denominator": _number(row.denominator) if row.has_denominator else "",
		"value": _said(indicator.unit, row.value) if row.has_value else "—",
	}
	return {
		"level": _(row.place_level),
		"place": _("Whole Republic") if row.place_level == cells.NATION else names.get(_place(row), ""),
		"told_by": dimension_label(indicator, row.dimension) if row.dimension else "",
		"key": key_label(indicator, row.dimension, row.dimension_value) if row.dimension else "",
		**(dict.fromkeys(numbers, HIDDEN) if is_hidden else numbers),
		"as_of": row.as_of,
	}


def _number(value: float) -> str:
	return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def _said(unit: str, value: float) -> str:
	return f"{_number(value)}%" if unit == "Percent" else _number(value)


def get_chart(told) -> dict | None:
	points = [point for point in told.points if point.value is not None] if told and not told.small else []
	if len(points) < 2:
		return None
	return {
		"type": "line",
		"colors": ["#1f6f8b"],
		"data": {
			"labels": [format_date(point.end) for point in points],
			"datasets": [
				{"name": told.indicator.indicator_name, "values": [point.value for point in points]}
			],
		},
	}


def get_summary(told) -> list[dict]:
	if not told or not told.latest or told.small or told.latest.value is None:
		return []
	kind = "Percent" if told.indicator.unit == "Percent" else "Float"
	found = [{"label": _("Value"), "value": told.latest.value, "datatype": kind}]
	if told.indicator.has_target:
		found.append({"label": _("Target"), "value": told.indicator.target, "datatype": kind})
	return found


def print_layout(filters: dict) -> Layout:
	indicator = frappe.get_cached_doc(keeping.INDICATOR, filters.get("indicator"))
	facts = [
		[_("Indicator"), f"{indicator.name} · {indicator.indicator_name}"],
		[_("What It Measures"), indicator.meaning],
	]
	return Layout(period=as_of(None), landscape=True, facts=facts)
