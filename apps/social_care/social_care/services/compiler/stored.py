"""What is there of a plan's artefacts, read with a few queries for all of them together."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import frappe

from social_care.services.compiler.artefacts import Artefact, Row


@dataclass
class Stored:
	"""A record as it is stored: the columns that the artefact speaks of, and its tables."""

	values: Row
	tables: dict[str, list[Row]] = field(default_factory=dict)


def read(artefacts: Iterable[Artefact]) -> dict[tuple[str, str], Stored]:
	"""Stored records of the artefacts that are there, by (DocType, name). Set-based: two queries or so a DocType."""
	by_type: dict[str, list[Artefact]] = defaultdict(list)
	for artefact in artefacts:
		by_type[artefact.doctype].append(artefact)
	found: dict[tuple[str, str], Stored] = {}
	for doctype, group in by_type.items():
		found |= _records(doctype, group)
	return found


def _records(doctype: str, group: list[Artefact]) -> dict[tuple[str, str], Stored]:
	columns = sorted({key for artefact in group for key in (*artefact.values, *artefact.first)})
	names = [artefact.name for artefact in group]
	rows = _rows(doctype, {"name": ["in", names]}, ["name", *columns], "name asc")
	found = {(doctype, row["name"]): Stored(row) for row in rows}
	for table in sorted({table for artefact in group for table in artefact.tables}):
		_add_table(doctype, table, group, found)
	return found


def _add_table(doctype: str, table: str, group: list[Artefact], found: dict) -> None:
	columns = {key for artefact in group for row in artefact.tables.get(table, []) for key in row}
	kind = frappe.get_meta(doctype).get_field(table).options
	filters = {"parenttype": doctype, "parentfield": table, "parent": ["in", [name for _type, name in found]]}
	for stored in found.values():
		stored.tables[table] = []
	for row in _rows(kind, filters, ["parent", *sorted(columns)], "parent asc, idx asc") if found else []:
		found[doctype, row.pop("parent")].tables[table].append(row)


def _rows(doctype: str, filters: dict, fields: list[str], order_by: str) -> list[Row]:
	# definitions, not data about people; the compiler is run by whoever may publish
	rows = frappe.get_all(doctype, filters=filters, fields=fields, order_by=order_by, limit_page_length=0)
	return [dict(row) for row in rows]


def table_columns(doctypes: list[str]) -> dict[str, set[str]]:
	"""Columns of the tables in the database, whatever caches say; a type without table is left out."""
	if not doctypes:
		return {}
	rows = frappe.db.sql(
		"""select table_name, column_name from information_schema.columns
		where table_schema = database() and table_name in %(names)s""",
		{"names": [f"tab{name}" for name in doctypes]},
	)
	columns: dict[str, set[str]] = defaultdict(set)
	for table, column in rows:
		columns[table.removeprefix("tab")].add(column)
	return dict(columns)
