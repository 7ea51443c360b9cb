"""A set of rows named by the filters of a list, so that a figure and the list it opens are one and the same question."""

from dataclasses import dataclass

import frappe
from frappe.desk.reportview import get_filters_cond
from frappe.model.db_query import DatabaseQuery

from social_care.registry import figures
from social_care.registry.dashboards import kept
from social_care.registry.levels import read_levels

Filters = dict[str, str | int | list]


@dataclass(frozen=True)
class Reach:
	"""Rows of a DocType that a reader's figures count, and whether he may open their list."""

	doctype: str
	where: str
	opens: bool


def reach(doctype: str) -> Reach:
	"""The reader's list where he has one; otherwise all rows of his places, counted without being opened.

	Somebody who counts the whole country and reads files of one place keeps the figures of the whole country.
	"""
	places = figures.places(doctype)
	own = own_rows(doctype)
	if not own:
		return Reach(doctype, places, False)
	return Reach(doctype, "", False) if own.where and not places else own


def own_rows(doctype: str) -> Reach | None:
	"""The reader's list of a DocType, as large as its scope; None for whoever may not read it."""
	if not frappe.has_permission(doctype, "read"):
		return None
	return Reach(doctype, DatabaseQuery(doctype).build_match_conditions(as_condition=True) or "", True)


def sql(doctype: str, filters: Filters) -> str:
	"""The condition that the list of `doctype` makes of the filters (framework's own writing), "1=1" for none.

	A key "Table DocType.name" asks whether the row has rows of that table.
	"""
	plain = [[doctype, field, *_operation(value)] for field, value in filters.items() if "." not in field]
	parts = [
		_without_table_rows(doctype, field.rpartition(".")[0]) for field in filters if field.endswith(".name")
	]
	if plain:
		parts.append(get_filters_cond(doctype, plain, [], ignore_permissions=True).removeprefix(" and "))
	return " and ".join(parts) or "1=1"


def _operation(value: str | int | list) -> list:
	return value if isinstance(value, list) else ["=", value]


def _without_table_rows(doctype: str, table: str) -> str:
	return (
		f"not exists (select 1 from `tab{table}` held where held.`parent` = `tab{doctype}`.`name`"
		f" and held.`parenttype` = {frappe.db.escape(doctype)})"
	)


def opened(reached: Reach, filters: Filters) -> dict | None:
	"""The list behind a figure, for a reader who may open it and read every column that the filters name."""
	if not reached.opens or not _readable(reached.doctype, filters):
		return None
	return {"doctype": reached.doctype, "filters": filters}


def _readable(doctype: str, filters: Filters) -> bool:
	meta = frappe.get_meta(doctype)
	levels = read_levels(doctype)
	tables = {df.options: df.permlevel for df in meta.get_table_fields()}
	for field in filters:
		df = meta.get_field(field)
		level = tables.get(field.rpartition(".")[0]) if "." in field else df and df.permlevel
		if (level or 0) not in levels:
			return False
	return True


def figure(reached: Reach, label: str, value: float | None, filters: Filters | None = None, **more) -> dict:
	"""One number of a dashboard: {"label", "value", "open", …}."""
	return {
		"label": label,
		"value": value,
		"open": opened(reached, filters) if filters is not None else None,
		**more,
	}


def grouped(reached: Reach, base: Filters, measures: dict[str, str], by: str = "") -> list[frappe._dict]:
	"""Sums over the reached rows that meet `base`: one row a value of the column `by`, or one row in all; one query."""
	where = " and ".join(f"({part})" for part in (sql(reached.doctype, base), reached.where) if part)
	columns = ", ".join(f"{expression} as `{name}`" for name, expression in measures.items())
	group = f"`tab{reached.doctype}`.`{by}` as `key`, " if by else ""
	query = f"select {group}{columns} from `tab{reached.doctype}` where {where}"  # written here and by social_care.scope
	return kept.rows_of(query + (f" group by `tab{reached.doctype}`.`{by}`" if by else ""))


def number_of(doctype: str, filters: Filters, of: Filters | None = None) -> str:
	"""Measure: how many of the rows meet the filters. What all counted rows meet (`of`) is not asked of each again."""
	more = {field: value for field, value in filters.items() if (of or {}).get(field) != value}
	return f"ifnull(sum({sql(doctype, more)}), 0)" if more else "count(*)"


def percent(part: float, whole: float) -> float | None:
	"""Share in per cent with one decimal; None where there is nothing to share."""
	return round(100 * float(part) / float(whole), 1) if whole else None
