"""Where in the form a fault stands: «sections[0].fields[2].options» is a table, a row and a column of it."""

import re
from dataclasses import asdict, dataclass
from typing import Any

import frappe
from frappe import _

from social_care.services.builder.grids import Tables, to_grids
from social_care.services.builder.layout import COLUMNS, FIELDS, HEAD, LISTS, OPTIONS, SECTIONS, Column, Grid
from social_care.services.packs.messages import Fault

STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
PACK = "Service Pack"


@dataclass(frozen=True)
class Place:
	"""A table of the form (its field), the number of the row (from 1; 0 is the table itself), and the column.

	Without a table, `column` is a field of the form.
	"""

	table: str = ""
	row: int = 0
	column: str = ""


def told(pack: dict, faults: list[Fault]) -> list[dict[str, Any]]:
	"""Faults for the screen: a sentence each, where it is in words, and the place to go to."""
	_head, tables = to_grids(pack)
	rows = []
	for fault in faults:
		place = place_of(tables, fault)
		rows.append({"sentence": fault.sentence(), "where": in_words(tables, place), **asdict(place)})
	return rows


def place_of(tables: Tables, fault: Fault) -> Place:
	"""The place of a fault; the definition's text where the form shows nothing of it."""
	steps = [int(number) if number else word for word, number in STEP.findall(fault.path)]
	if steps[:1] in (["sections"], ["fields"]):
		return _of_form(tables, steps, fault)
	for grid in LISTS:
		if tuple(steps[: len(grid.keys)]) == grid.keys:
			return _of_list(tables, grid, steps[len(grid.keys) :], fault)
	return Place(column=_column_of(HEAD, steps) or "definition")


def _of_list(tables: Tables, grid: Grid, steps: list, fault: Fault) -> Place:
	if steps and isinstance(steps[0], int) and steps[0] < len(tables[grid.fieldname]):
		return Place(grid.fieldname, steps[0] + 1, _column_of(grid.columns, steps[1:]))
	return Place(grid.fieldname, _row_named(tables[grid.fieldname], fault.detail))


def _row_named(rows: list[dict], name: str) -> int:
	"""Of a fault that speaks of a row by its code: the last one that bears it."""
	keys = ("code", "field_name", "column_name", "role")
	found = [
		number for number, row in enumerate(rows, start=1) if name and name in [row.get(key) for key in keys]
	]
	return found[-1] if found else 0


def _of_form(tables: Tables, steps: list, fault: Fault) -> Place:
	if len(steps) < 2:
		grid = FIELDS if steps == ["fields"] else SECTIONS
		return Place(grid.fieldname, _row_named(tables[grid.fieldname], fault.detail))
	sections = tables[SECTIONS.fieldname]
	section = sections[steps[1]] if steps[1] < len(sections) else {}
	if steps[2:3] != ["fields"] or len(steps) < 4:
		return Place(SECTIONS.fieldname, steps[1] + 1, _column_of(SECTIONS.columns, steps[2:]))
	number = _nth(tables[FIELDS.fieldname], steps[3], section=section.get("code"))
	if not number:
		return Place(SECTIONS.fieldname, steps[1] + 1)
	return _of_field(tables, number, steps[4:])


def _of_field(tables: Tables, number: int, steps: list) -> Place:
	field = tables[FIELDS.fieldname][number - 1]["field_name"]
	if steps[:1] == ["options"] and len(steps) > 1:
		row = _nth(tables[OPTIONS.fieldname], steps[1], of_field=field, of_column="")
		return Place(OPTIONS.fieldname, row, _column_of(OPTIONS.columns, steps[2:]))
	if steps[:1] == ["columns"] and len(steps) > 1:
		row = _nth(tables[COLUMNS.fieldname], steps[1], of_field=field)
		if steps[2:3] == ["options"] and len(steps) > 3 and row:
			column = tables[COLUMNS.fieldname][row - 1]["column_name"]
			return Place(
				OPTIONS.fieldname, _nth(tables[OPTIONS.fieldname], steps[3], of_field=field, of_column=column)
			)
		return Place(COLUMNS.fieldname, row, _column_of(COLUMNS.columns, steps[2:]))
	return Place(FIELDS.fieldname, number, _column_of(FIELDS.columns, steps))


def _nth(rows: list[dict], wanted: int, **of: Any) -> int:
	"""The number of the wanted row (from 0) among those that belong together; 0 where there is none."""
	numbers = [
		i for i, row in enumerate(rows, start=1) if all(row.get(key) == value for key, value in of.items())
	]
	return numbers[wanted] if wanted < len(numbers) else 0


def _column_of(columns: tuple[Column, ...], steps: list) -> str:
	"""The column that holds the key: the whole path of it, or its beginning."""
	keys = tuple(step for step in steps if isinstance(step, str))
	if not keys:
		return ""
	for column in columns:
		if column.keys[: len(keys)] == keys or keys[: len(column.keys)] == column.keys:
			return column.fieldname
	return ""


def in_words(tables: Tables, place: Place) -> str:
	"""«Steps, row 3 (Grant the Permit), Done By»."""
	meta = frappe.get_meta(PACK)
	if not place.table:
		return _(meta.get_label(place.column))
	table = meta.get_field(place.table)
	if not place.row:
		return _(table.label)
	title = title_of(tables[place.table][place.row - 1])
	column = _(frappe.get_meta(table.options).get_label(place.column)) if place.column else ""
	words = _("{0}, row {1} ({2})").format(_(table.label), place.row, title)
	return _("{0}: {1}").format(words, column) if column else words


def title_of(row: dict) -> str:
	"""What a row is called in the reader's language."""
	language = "en" if frappe.local.lang == "en" else "ar"
	keys = [f"{part}_{side}" for side in (language, "ar", "en") for part in ("title", "label", "subject")]
	found = (row.get(key) for key in (*keys, "role", "code", "field_name", "column_name", "option_value"))
	return _(next((value for value in found if value), "…"))
