"""Which assessment tool is in force for a kind of institution on a day, and how a tool is laid out."""

from datetime import date
from itertools import groupby

import frappe
from frappe.model.document import Document
from frappe.query_builder import DocType
from frappe.query_builder.functions import Max
from frappe.utils import getdate

QUALITY = "Quality of Care"


def tools_in_force(on_date: date | str) -> list[dict]:
	"""Tools of quality valid on the day with each kind of institution they are meant for, in the order of tools.

	Rows have `institution_type`, `name`, `title`, `version`, `standard_count`, `indicator_count`.
	"""
	tool, kind = DocType("Assessment Tool"), DocType("Assessment Tool Institution Type")
	day = getdate(on_date)
	return (
		frappe.qb.from_(tool)
		.join(kind)
		.on((kind.parent == tool.name) & (kind.parenttype == "Assessment Tool"))
		.select(
			kind.institution_type,
			tool.name,
			tool.title,
			tool.version,
			tool.standard_count,
			tool.indicator_count,
		)
		.where((tool.valid_from <= day) & (tool.purpose == QUALITY))
		.where(tool.valid_to.isnull() | (tool.valid_to >= day))
		.orderby(tool.name)
		.orderby(kind.idx)
		.run(as_dict=True)
	)


def overlapping_version(tool: Document) -> dict | None:
	"""Another version of the same tool that is in force on one of its days, or None."""
	other = DocType("Assessment Tool")
	query = (
		frappe.qb.from_(other)
		.select(other.version, other.valid_from, other.valid_to)
		.where(other.tool_code == tool.tool_code)
		.where(other.name != (tool.name or ""))
		.where(other.valid_to.isnull() | (other.valid_to >= getdate(tool.valid_from)))
		.orderby(other.version)
		.limit(1)
	)
	if tool.valid_to:
		query = query.where(other.valid_from <= getdate(tool.valid_to))
	rows = query.run(as_dict=True)
	return rows[0] if rows else None


def last_version(tool_code: str) -> int:
	"""The highest version of a tool; 0 where there is none."""
	tool = DocType("Assessment Tool")
	return frappe.qb.from_(tool).select(Max(tool.version)).where(tool.tool_code == tool_code).run()[0][0] or 0


def assessment_tool_sheet(tool: Document) -> list[dict]:
	"""A tool for print: areas with their standards and indicators, names in the language of the session.

	[{"code", "name", "weight", "standards": [{"code", "name", "weight", "is_critical", "indicators": [
		{"code", "name", "evidence", "score_min", "score_max"}, …]}]}]
	"""
	return [
		{
			**_heading(rows, "area"),
			"standards": [_standard(list(part)) for _, part in groupby(rows, lambda row: row.standard_code)],
		}
		for rows in (list(part) for _, part in groupby(tool.indicators, lambda row: row.area_code))
	]


def in_language(row: Document, field: str) -> str:
	"""The Arabic text of a field, or for others its English one where there is one."""
	return row.get(field) if frappe.local.lang == "ar" else row.get(f"{field}_en") or row.get(field)


def _standard(rows: list[Document]) -> dict:
	is_critical = any(row.is_critical for row in rows)
	return {
		**_heading(rows, "standard"),
		"is_critical": is_critical,
		"indicators": [_indicator(row) for row in rows],
	}


def _indicator(row: Document) -> dict:
	shown = {field: row.get(field) for field in ("evidence", "score_min", "score_max")}
	return {"code": row.indicator_code, "name": in_language(row, "indicator"), **shown}


def _heading(rows: list[Document], field: str) -> dict:
	first = rows[0]
	weight = sum(row.weight for row in rows)
	return {"code": first.get(f"{field}_code"), "name": in_language(first, field), "weight": weight}
