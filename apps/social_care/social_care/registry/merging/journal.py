"""Every cell that a merge writes, with what stood there and what was written: what is needed to undo it exactly."""

import json
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import frappe
from frappe import _

from social_care.registry.merging import MergeError


class Cell(NamedTuple):
	doctype: str
	name: str
	field: str
	before: Any
	after: Any


class Journal:
	"""Writes cells and remembers them. `text` is what is kept, `of` reads it again."""

	def __init__(self, cells: Iterable[Cell] = ()) -> None:
		self.cells = list(cells)

	@classmethod
	def of(cls, text: str | None) -> "Journal":
		return cls(Cell(*cell) for cell in json.loads(text or "[]"))

	def text(self) -> str:
		return json.dumps(self.cells, ensure_ascii=False)

	def write(self, doctype: str, name: str, values: dict) -> None:
		"""Write values of one row, and remember those that differ."""
		stored = _stored(doctype, [name], list(values)).get(name) if values else None
		if stored is None:
			return
		changed = {field: plain(value) for field, value in values.items() if stored[field] != plain(value)}
		self.cells += [Cell(doctype, name, field, stored[field], value) for field, value in changed.items()]
		_update(doctype, [name], changed)

	def move(self, doctype: str, field: str, names: list[str], one: str, other: str) -> None:
		"""Write `other` into a field of rows in which `one` stands."""
		if names:
			self.cells += [Cell(doctype, name, field, one, other) for name in names]
			_update(doctype, names, {field: other})

	def undo(self) -> None:
		"""Put back what stood in each cell; refused where somebody has written another value since."""
		last = {(cell.doctype, cell.name, cell.field): cell.after for cell in self.cells}
		first = {(cell.doctype, cell.name, cell.field): cell.before for cell in reversed(self.cells)}
		rows: dict[tuple[str, str], list[str]] = {}
		for doctype, name, field in last:
			rows.setdefault((doctype, name), []).append(field)
		changed = set()
		for (doctype, name), fields in rows.items():
			stored = _stored(doctype, [name], fields).get(name)
			if stored is None or any(stored[field] != last[doctype, name, field] for field in fields):
				changed.add(doctype)
		if changed:
			_refuse_changed(changed)
		for (doctype, name), fields in rows.items():
			_update(doctype, [name], {field: first[doctype, name, field] for field in fields})

	def tally(self) -> dict[str, int]:
		"""How many rows of each DocType were written."""
		rows = {(cell.doctype, cell.name) for cell in self.cells}
		found: dict[str, int] = {}
		for doctype, _name in rows:
			found[doctype] = found.get(doctype, 0) + 1
		return dict(sorted(found.items()))


def _refuse_changed(doctypes: set[str]) -> None:
	names = "، ".join(sorted(_(doctype) for doctype in doctypes))
	frappe.throw(
		_("The merge cannot be undone: records were changed since ({0}).").format(names),
		MergeError,
		title=_("Merging"),
	)


def plain(value: Any) -> Any:
	"""A value as it is kept in the journal."""
	if isinstance(value, datetime):
		return value.strftime("%Y-%m-%d %H:%M:%S.%f")
	if isinstance(value, date | time | timedelta | Decimal):
		return str(value)
	return value


def _stored(doctype: str, names: list[str], fields: list[str]) -> dict[str, dict]:
	columns = ", ".join(f"`{field}`" for field in fields)
	query = (
		f"select `name`, {columns} from `tab{doctype}` where `name` in %s for update"  # names of the schema
	)
	return {
		row.pop("name"): {field: plain(value) for field, value in row.items()}
		for row in frappe.db.sql(query, (names,), as_dict=True)
	}


def _update(doctype: str, names: list[str], values: dict) -> None:
	if not values:
		return
	columns = ", ".join(f"`{field}` = %s" for field in values)
	query = f"update `tab{doctype}` set {columns} where `name` in %s"  # names of the schema
	try:
		frappe.db.sql(query, (*values.values(), names))
	except Exception as error:
		if not frappe.db.is_unique_key_violation(error):
			raise
		frappe.throw(
			_(
				"Both records have a record of the kind «{0}», of which there can be one only. Close one of them first."
			).format(_(doctype)),
			MergeError,
			title=_("Merging"),
		)
