"""Values of a report as texts of a printed table."""

import frappe
from frappe import _
from frappe.utils import cint, flt, format_date, get_datetime

from social_care.prints.digits import in_digits
from social_care.scope import is_scoped

NUMBERS = ("Int", "Float", "Percent", "Currency")


def columns_of(columns: list[dict]) -> list[dict]:
	"""Columns as a print shows them: {fieldname, label, kind, narrow}; hidden ones are left out."""
	return [
		{
			"fieldname": column["fieldname"],
			"label": _(column.get("label") or ""),
			"fieldtype": column.get("fieldtype") or "Data",
			"number": column.get("fieldtype") in NUMBERS or column.get("align") == "right",
			"code": column.get("fieldtype") == "Link",
			"titles": column.get("fieldtype") == "Link" and _has_titles(column.get("options")),
			"options": column.get("options"),
		}
		for column in columns
		if not column.get("hidden")
	]


def _has_titles(doctype: str | None) -> bool:
	"""Whether names of a DocType are shown in place of codes: of reference tables, never of what has a scope."""
	return bool(doctype and not is_scoped(doctype) and frappe.get_meta(doctype).title_field)


def rows_of(result: list, columns: list[dict]) -> list[list[str]]:
	"""Rows of a report (dicts, a total as list) as texts in the columns' order."""
	return [
		[text(_value(row, number, column), column) for number, column in enumerate(columns)] for row in result
	]


def _value(row, number: int, column: dict):
	return row[number] if isinstance(row, (list, tuple)) else row.get(column["fieldname"])


def text(value, column: dict) -> str:
	"""A value as it is printed; a text that a report put in the place of a hidden number stays."""
	kind = column["fieldtype"]
	if value in (None, ""):
		return ""
	if column["titles"]:
		title = frappe.get_meta(column["options"]).title_field
		return in_digits(str(frappe.get_cached_value(column["options"], value, title) or value))
	if column["code"]:
		return str(value)
	if kind == "Date":
		return in_digits(format_date(value))
	if kind == "Datetime":
		return in_digits(f"{format_date(value)} {get_datetime(value):%H:%M}")
	if kind == "Check":
		return _("Yes") if cint(value) else _("No")
	if kind in NUMBERS and isinstance(value, (int, float)):
		return in_digits(_number(value, kind))
	return in_digits(str(value))


def _number(value: float, kind: str) -> str:
	if kind == "Int":
		return str(cint(value))
	shown = f"{flt(value, 1):g}" if kind == "Percent" else frappe.format(value, {"fieldtype": kind})
	return f"{shown}%" if kind == "Percent" else shown
