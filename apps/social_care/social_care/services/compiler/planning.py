"""The plan: which records have to be made or changed so that a service is what its pack says. It changes nothing."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import frappe
from frappe.model import no_value_fields

from social_care.services.compiler.artefacts import Artefact, Change, Row
from social_care.services.compiler.conversions import check_conversions
from social_care.services.compiler.stored import Stored, read, table_columns

WITHOUT_COLUMN = frozenset(no_value_fields) | {"Table", "Table MultiSelect"}


def plan(
	artefacts: list[Artefact], obsolete: Iterable[tuple[str, str]] = (), version: int = 1
) -> list[Change]:
	"""The steps from what is stored to the artefacts, in the order in which they can be taken.

	`obsolete` are (DocType, name) of records that an earlier version made and this one does not; `version` is that of
	the newest pack, by which fields of earlier versions are told. Raises ConversionError where a change of a field's
	type would lose values.
	"""
	there = read(artefacts)
	check_conversions(artefacts, there)
	steps = [step for artefact in artefacts if (step := _step(artefact, there.get(artefact.key), version))]
	changed = {step.artefact.key for step in steps}
	steps += [step for step in _syncs(artefacts, there) if step.artefact.key not in changed]
	return steps + _removals(obsolete)


def _step(artefact: Artefact, there: Stored | None, version: int) -> Change | None:
	if there is None:
		return Change("make", artefact)
	whole = with_kept(with_first(artefact, there), there, version)
	found = tuple(differences(whole, there))
	return Change("change", whole, found) if found else None


def with_first(artefact: Artefact, there: Stored) -> Artefact:
	"""The artefact with those first values that are still empty."""
	empty = {key: value for key, value in artefact.first.items() if value and not there.values.get(key)}
	return replace(artefact, values=artefact.values | empty) if empty else artefact


def with_kept(artefact: Artefact, there: Stored, version: int) -> Artefact:
	"""The artefact with the rows that earlier versions had, at the end of its tables."""
	if not artefact.kept:
		return artefact
	tables = dict(artefact.tables)
	for table, key in artefact.kept.items():
		wanted = {row[key] for row in tables[table]}
		earlier = [row for row in there.tables.get(table, []) if row[key] not in wanted]
		tables[table] = [*tables[table], *(_earlier(row, artefact, version) for row in earlier)]
	return replace(artefact, tables=tables)


def _earlier(row: Row, artefact: Artefact, version: int) -> Row:
	"""A field that this version has no more: out of sight of its requests, there for those of versions before."""
	kept = row | {"reqd": 0, "in_list_view": 0, "in_standard_filter": 0, "mandatory_depends_on": None}
	if artefact.values.get("istable"):
		return kept | {"hidden": 1}
	until = str(row.get("depends_on") or "")
	marked = until.startswith("eval:doc.pack_version<")
	return kept | {"depends_on": until if marked else f"eval:doc.pack_version<{version}"}


def differences(artefact: Artefact, there: Stored) -> Iterable[str]:
	"""What differs, in words: names of fields, and of table rows that come, go or change."""
	for key, value in artefact.values.items():
		if plain(value) != plain(there.values.get(key)):
			yield key
	for table, rows in artefact.tables.items():
		stored = there.tables.get(table, [])
		if [_plain_row(row, row) for row in rows] != [
			_plain_row(row, wanted) for row, wanted in _beside(stored, rows)
		]:
			yield from _row_differences(table, rows, stored)


def _beside(stored: list[Row], rows: list[Row]) -> list[tuple[Row, Row]]:
	"""Each stored row with the wanted one in its place, or itself."""
	return [(row, rows[i] if i < len(rows) else row) for i, row in enumerate(stored)]


def _plain_row(row: Row, wanted: Row) -> dict[str, Any]:
	return {key: plain(row.get(key)) for key in wanted}


def _row_differences(table: str, rows: list[Row], stored: list[Row]) -> Iterable[str]:
	def mark(row: Row) -> str:
		return next((str(row[key]) for key in ("fieldname", "state", "role", "label") if row.get(key)), "row")

	old, new = {mark(row) for row in stored}, {mark(row) for row in rows}
	yield from (f"{table}: + {name}" for name in sorted(new - old))
	yield from (f"{table}: - {name}" for name in sorted(old - new))
	if old == new:
		yield table


def plain(value: Any) -> str:
	"""A value as it is compared: nothing, 0 and «no» are one, 41 and 41.0 are one."""
	if value in (None, "", 0, "0", False):
		return ""
	return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


def _syncs(artefacts: list[Artefact], there: dict) -> list[Change]:
	"""Record types that are defined and lack their table or columns of it: a compile was ended in between."""
	types = [artefact for artefact in artefacts if artefact.doctype == "DocType" and artefact.key in there]
	columns = table_columns([artefact.name for artefact in types])
	return [
		Change("sync", artefact)
		for artefact in types
		if not needed_columns(artefact) <= columns.get(artefact.name, set())
	]


def needed_columns(artefact: Artefact) -> set[str]:
	return {row["fieldname"] for row in artefact.tables["fields"] if row["fieldtype"] not in WITHOUT_COLUMN}


def _removals(obsolete: Iterable[tuple[str, str]]) -> list[Change]:
	return [
		Change("remove", Artefact(doctype, name, {}))
		for doctype, name in obsolete
		if frappe.db.exists(doctype, name)
	]
