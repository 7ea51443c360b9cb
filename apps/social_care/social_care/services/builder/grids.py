"""A pack as the tables of the form, and the tables as a pack. There and back gives the same pack, whatever it holds.

What no cell can show (unknown keys, values of a wrong kind, defaults that are written out) is kept beside its row in
`rest`; a cell that is filled comes before it.
"""

import copy
import json
from collections.abc import Iterable, Mapping
from typing import Any

from social_care.services.builder.cells import ABSENT, identical, written
from social_care.services.builder.layout import (
	COLUMNS,
	FIELDS,
	GRIDS,
	HEAD,
	LISTS,
	OPTIONS,
	SECTIONS,
	Column,
)

Row = dict[str, Any]
Tables = dict[str, list[Row]]


def to_grids(pack: dict) -> tuple[Row, Tables]:
	"""(cells of the form itself, rows of each table by the table's field)."""
	left = copy.deepcopy(pack)
	tables: Tables = {grid.fieldname: [] for grid in GRIDS}
	_take_sections(left, tables)
	for grid in LISTS:
		tables[grid.fieldname] = [to_row(grid.columns, part) for part in _take_list(left, grid.keys)]
	return to_row(HEAD, left), tables


def to_pack(head: Mapping[str, Any], tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> dict:
	"""The pack that the form and its tables say."""
	pack = from_row(HEAD, head)
	rows = {grid.fieldname: list(tables.get(grid.fieldname) or ()) for grid in GRIDS}
	_put_list(pack, SECTIONS.keys, _sections(rows))
	for grid in LISTS:
		_put_list(pack, grid.keys, [from_row(grid.columns, row) for row in rows[grid.fieldname]])
	return pack


def to_row(columns: tuple[Column, ...], part: dict) -> Row:
	"""The cells of one part of a pack, and `rest`."""
	row = {column.fieldname: written(column.kind, _get(part, column.keys)) for column in columns}
	rest = _left(part, _cells(columns, row))
	return row | {"rest": json.dumps(rest, ensure_ascii=False, sort_keys=True) if rest else ""}


def from_row(columns: tuple[Column, ...], row: Mapping[str, Any]) -> dict:
	"""The part of a pack that the cells say, over what is kept beside them."""
	rest = json.loads(row.get("rest") or "{}")
	return _merged(rest, _cells(columns, row))


def _cells(columns: tuple[Column, ...], row: Mapping[str, Any]) -> dict:
	part: dict = {}
	for column in columns:
		value = column.kind.read(row.get(column.fieldname))
		if value is not ABSENT:
			_set(part, column.keys, value)
	return part


# Sections hold fields, fields hold options and columns, columns hold options: four flat tables.


def _take_sections(left: dict, tables: Tables) -> None:
	known: set[str] = set()
	for section in _take_list(left, SECTIONS.keys):
		fields = _children(section, "fields") if _names_one(section, "code", known) else []
		tables[SECTIONS.fieldname].append(to_row(SECTIONS.columns, section))
		for field in fields:
			_take_field(field, section["code"], tables)


def _take_field(field: dict, section: str, tables: Tables) -> None:
	known = {row["field_name"] for row in tables[FIELDS.fieldname]}
	named = _names_one(field, "name", known)
	options, columns = (_children(field, "options"), _children(field, "columns")) if named else ([], [])
	tables[FIELDS.fieldname].append(to_row(FIELDS.columns, field) | {"section": section})
	for option in options:
		tables[OPTIONS.fieldname].append(
			to_row(OPTIONS.columns, option) | {"of_field": field["name"], "of_column": ""}
		)
	of_field: set[str] = set()
	for column in columns:
		own = _children(column, "options") if _names_one(column, "name", of_field) else []
		tables[COLUMNS.fieldname].append(to_row(COLUMNS.columns, column) | {"of_field": field["name"]})
		for option in own:
			place = {"of_field": field["name"], "of_column": column["name"]}
			tables[OPTIONS.fieldname].append(to_row(OPTIONS.columns, option) | place)


def _names_one(part: dict, key: str, known: set[str]) -> bool:
	"""Whether the part's name tells it from those before it, so that rows of another table can point to it."""
	name = part.get(key)
	if not isinstance(name, str) or not name.strip() or name != name.strip() or name in known:
		return False
	known.add(name)
	return True


def _children(part: dict, key: str) -> list[dict]:
	return _take_list(part, (key,))


def _sections(rows: dict[str, list]) -> list[dict]:
	made: dict[str, dict] = {}
	parts: list[dict] = []
	for row in rows[SECTIONS.fieldname]:
		part = from_row(SECTIONS.columns, row)
		parts.append(part)
		made.setdefault(str(part.get("code", "")), part)
	last = next(iter(made), "")
	for row, field in zip(rows[FIELDS.fieldname], _fields(rows), strict=True):
		last = str(row.get("section") or "").strip() or last
		if last not in made:
			made[last] = {"code": last} if last else {}
			parts.append(made[last])
		made[last].setdefault("fields", []).append(field)
	return parts


def _fields(rows: dict[str, list]) -> list[dict]:
	parts = [from_row(FIELDS.columns, row) for row in rows[FIELDS.fieldname]]
	first: dict[str, dict] = {}
	for part in parts:
		first.setdefault(str(part.get("name", "")), part)
	columns: dict[tuple[str, str], dict] = {}
	for row in rows[COLUMNS.fieldname]:
		part = from_row(COLUMNS.columns, row)
		owner = first.get(str(row.get("of_field") or ""))
		if owner is not None:
			owner.setdefault("columns", []).append(part)
			columns.setdefault((str(row.get("of_field")), str(part.get("name", ""))), part)
	for row in rows[OPTIONS.fieldname]:
		field, column = str(row.get("of_field") or ""), str(row.get("of_column") or "")
		owner = columns.get((field, column)) if column else first.get(field)
		if owner is not None:
			owner.setdefault("options", []).append(from_row(OPTIONS.columns, row))
	return parts


def _take_list(part: dict, keys: tuple[str, ...]) -> list[dict]:
	"""The list of rows under the keys, taken out; nothing where it is empty or no list of rows."""
	holder = _get(part, keys[:-1]) if keys[:-1] else part
	rows = holder.get(keys[-1]) if isinstance(holder, dict) else None
	if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
		return []
	del holder[keys[-1]]
	return rows


def _put_list(pack: dict, keys: tuple[str, ...], rows: list[dict]) -> None:
	if rows:
		_set(pack, keys, rows)


def _get(part: Any, keys: tuple[str, ...]) -> Any:
	for key in keys:
		if not isinstance(part, dict) or key not in part:
			return ABSENT
		part = part[key]
	return part


def _set(part: dict, keys: tuple[str, ...], value: Any) -> None:
	for key in keys[:-1]:
		if not isinstance(part.get(key), dict):
			part[key] = {}
		part = part[key]
	part[keys[-1]] = value


def _left(part: dict, shown: dict) -> dict:
	"""What of the part the cells do not say."""
	left = {}
	for key, value in part.items():
		if key not in shown:
			left[key] = value
		elif isinstance(value, dict) and isinstance(shown[key], dict) and not identical(value, shown[key]):
			left[key] = _left(value, shown[key])
		elif not identical(value, shown[key]):
			left[key] = value
	return left


def _merged(under: dict, over: dict) -> dict:
	both = {key: _merged(under[key], over[key]) for key in over if _two_dicts(under.get(key), over[key])}
	return {**under, **over, **both}


def _two_dicts(one: Any, other: Any) -> bool:
	return isinstance(one, dict) and isinstance(other, dict)
