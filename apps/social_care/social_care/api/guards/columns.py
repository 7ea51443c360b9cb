"""Columns, filters, orders and groups that a request asks for: known columns only, and only those the user may read.

A filter or an order on a column tells its value as surely as showing it, so both need the right to read it.
"""

import re
from collections.abc import Iterator
from functools import partial

import frappe
from frappe import _
from frappe.model import child_table_fields, default_fields, optional_fields

from social_care.api.guards.request import existing_doctype, parsed
from social_care.permissions import is_scoped

NAME = r"(?:`[A-Za-z_][\w ]*`|[A-Za-z_]\w*)"
COLUMN = rf"(?:(?:`tab[^`]+`|tab[\w ]+|{NAME})\.)?(?:{NAME}|\*)"
ALIAS = r"(?:\s+as\s+(?:`[^`]*`|'[^']*'|\"[^\"]*\"|\w+))?"
PLAIN = re.compile(rf"(?:distinct\s+)?({COLUMN}){ALIAS}", re.IGNORECASE)
FUNCTION = re.compile(
	rf"(?:count|sum|avg|min|max|group_concat)\s*\(\s*(?:distinct\s+)?({COLUMN}|1)\s*\){ALIAS}", re.IGNORECASE
)
LABEL = re.compile(r"(?:'[\w ]*'|\"[\w ]*\"|\d+)" + ALIAS, re.IGNORECASE)
ORDER = re.compile(r"\s+(?:asc|desc)$", re.IGNORECASE)
SYSTEM_COLUMNS = {
	*default_fields,
	*child_table_fields,
	*optional_fields,
	"_aggregate_column",
	"_relevance",
	"*",
	"1",
	"",
}


# Columns that open an account, though the framework gives them no permission level.
SECRETS = {
	"reset_password_key",
	"last_reset_password_key_generated_on",
	"api_key",
	"api_secret",
	"new_password",
}


class ColumnError(frappe.DataError):
	"""A column that no list gives."""


def check(arguments: dict) -> None:
	"""Look at the list arguments of a request for one DocType."""
	check_charts(arguments)
	doctype = arguments.get("doctype")
	if not existing_doctype(doctype) or frappe.get_meta(doctype).get("is_virtual"):
		return
	check_all(doctype, arguments)


def check_charts(arguments: dict) -> None:
	"""Look at a dashboard chart or number card that the browser sends instead of naming a stored one."""
	for key in ("chart", "doc"):
		chart = parsed(arguments.get(key))
		if isinstance(chart, dict) and existing_doctype(chart.get("document_type")):
			columns = [chart.get(part) for part in CHART_COLUMNS if chart.get(part)]
			rows = [parsed(chart.get("filters_json")), parsed(arguments.get("filters"))]
			for given in rows:
				check_all(chart["document_type"], {"stats": columns, "filters": given})


def check_all(doctype: str, arguments: dict) -> None:
	"""Every column that list arguments for `doctype` name."""
	may = partial(check_column, arguments.get("parent") or arguments.get("parent_doctype") or doctype)
	for key, read in READERS.items():
		for owner, column in read(doctype, parsed(arguments.get(key))):
			may(owner, column)


def statistics(doctype: str, value) -> Iterator[tuple[str, str]]:
	"""Columns of `stats` and `filter_fields`: names, or dictionaries with a name."""
	for item in value if isinstance(value, list) else []:
		yield from _column_of(doctype, item.get("name", "") if isinstance(item, dict) else item)


def mapped(doctype: str, value) -> Iterator[tuple[str, str]]:
	"""Columns of `field_map`: what a calendar shows as begin, end, title and colour."""
	for column in value.values() if isinstance(value, dict) else []:
		if isinstance(column, str):
			yield from _column_of(doctype, column)


def expressions(doctype: str, value) -> Iterator[tuple[str, str]]:
	"""Columns of `fields`: names, `table`.`column`, count(…) and the like; anything else is refused.

	A plain column above the user's level passes: the framework leaves it out, and the desk asks for some (the picture of
	a row) without knowing the user's level.
	"""
	if isinstance(value, str):
		value = value.split(",")
	for item in value if isinstance(value, list) else []:
		if not isinstance(item, str):
			yield from _filter_row(doctype, item)
			continue
		for owner, column in _column_of(doctype, item):
			if column in SECRETS or not PLAIN.fullmatch(item.strip()):
				yield owner, column


def orders(doctype: str, value) -> Iterator[tuple[str, str]]:
	"""Columns of `order_by` and `group_by`."""
	for part in value.split(",") if isinstance(value, str) else []:
		yield from _column_of(doctype, ORDER.sub("", part.strip()))


def filters(doctype: str, value) -> Iterator[tuple[str, str]]:
	"""Columns of filters, written as a dictionary or as lists of three to five."""
	if isinstance(value, dict):
		for key in value:
			yield from _column_of(doctype, key)
	for row in value if isinstance(value, list) else []:
		yield from _filter_row(doctype, row)


def _filter_row(doctype: str, row) -> Iterator[tuple[str, str]]:
	if isinstance(row, dict):
		yield from filters(doctype, row)
	elif isinstance(row, list | tuple) and len(row) >= 2:
		named = len(row) >= 4 and existing_doctype(row[0])
		yield from _column_of(row[0] if named else doctype, row[1] if named else row[0])
	elif isinstance(row, str):
		_refuse(row)


def _column_of(doctype: str, text: str) -> Iterator[tuple[str, str]]:
	text = str(text).strip()
	if not text or LABEL.fullmatch(text):
		return
	found = FUNCTION.fullmatch(text) or PLAIN.fullmatch(text)
	if not found:
		_refuse(text)
	table, _dot, column = found[1].rpartition(".")
	table, column = table.strip("`"), column.strip("`").strip()
	check_join(doctype, table, column)
	yield _owner(doctype, table), column


def _owner(doctype: str, table: str) -> str:
	if not table:
		return doctype
	if table.startswith("tab") and existing_doctype(table[3:]):
		return table[3:]
	df = frappe.get_meta(doctype).get_field(table)
	return df.options if df and df.options else _refuse(table)


def check_join(doctype: str, table: str, column: str) -> None:
	"""Refuse to look through a link at a scoped row, which may be another's; only titles that links show anyway."""
	df = frappe.get_meta(doctype).get_field(table) if table else None
	if not df or df.fieldtype != "Link" or not is_scoped(df.options):
		return
	meta = frappe.get_meta(df.options)
	if column not in ("name", meta.title_field if meta.show_title_field_in_link else "name"):
		_refuse(f"{table}.{column}")


def check_column(parent: str, owner: str, column: str) -> None:
	"""Refuse a column above the user's level; `parent` is the DocType through which a table's column is asked."""
	meta = frappe.get_meta(owner)
	df = meta.get_field(column)
	if column in SECRETS:
		_refuse(column)
	if column in SYSTEM_COLUMNS or not df or not df.permlevel:
		return
	levels = meta.get_permlevel_access("read", parenttype=parent if meta.istable else None)
	if df.permlevel not in levels:
		_refuse(column)


def _refuse(text: str):
	frappe.throw(
		_("This column cannot be asked for: {0}").format(frappe.utils.escape_html(text[:60])),
		ColumnError,
		title=_("Columns"),
	)


CHART_COLUMNS = ("based_on", "value_based_on", "group_by_based_on", "aggregate_function_based_on")
READERS = {
	"stats": statistics,
	"fields": expressions,
	"fieldname": expressions,
	"filters": filters,
	"or_filters": filters,
	"current_filters": filters,
	"order_by": orders,
	"group_by": orders,
	"field": orders,
	"aggregate_on_field": orders,
	"filter_fields": statistics,
	"searchfield": orders,
	"sort_field": orders,
	"field_map": mapped,
}
