"""Many rows of one table in few statements, always as deterministic as the rows themselves: names and times are given, not made.

Values stand in the statements as literals, a column at once: a driver that is given thirty values of each of 400,000 rows is
longer busy with them than the database. Whatever has a sign to escape is escaped by the framework.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import frappe
from frappe.utils import create_batch

AT_ONCE = 250_000  # signs of one statement: a megabyte at most, servers take sixteen
LOOKED_UP = 5000  # keys of one question
# Signs that escaping changes, and the end of «ifnull(», which the framework rewrites wherever it stands in a statement.
SPECIAL = ("\\", "'", '"', "`", "\0", "\n", "\r", "\x1a", "l(", "L(")


def insert(doctype: str, columns: Sequence[str], rows: list[tuple], **same: Any) -> None:
	"""New rows; `same` are the columns in which all of them are alike.

	A row that breaks a unique index raises; nothing is left out in silence.
	"""
	alike = "".join(f"{literal}, " for literal in _literals(same.values()))
	head = f"insert into `tab{doctype}` ({', '.join(f'`{column}`' for column in (*same, *columns))}) values "
	written = zip(*map(_literals, zip(*rows, strict=True)), strict=True)
	for part in _statements(f"({alike}{', '.join(row)})" for row in written):
		_execute(head + ", ".join(part))


def look_up(query: str, keys: Iterable, **values) -> list[tuple]:
	"""Rows of a query whose `%(keys)s` is filled with so many keys at once. The query is a constant of the caller."""
	given = {name: _literal(value) for name, value in values.items()}
	found: list[tuple] = []
	for part in create_batch(sorted(set(keys)), LOOKED_UP):
		found += frappe.db.sql(query % {"keys": _literal(part), **given})
	return found


def _execute(statement: str) -> None:
	"""A statement as it stands: `frappe.db.sql` looks through all of it for «ifnull(», which takes longer than sending it."""
	if cursor := getattr(frappe.db, "_cursor", None):
		cursor.execute(statement)
	else:
		frappe.db.sql(statement)


def _statements(rows: Iterable[str]) -> Iterator[list[str]]:
	"""The rows in parts that are not longer than a statement may be."""
	part, length = [], 0
	for row in rows:
		part.append(row)
		length += len(row)
		if length > AT_ONCE:
			yield part
			part, length = [], 0
	if part:
		yield part


def _literal(value: Any) -> str:
	"""A value, or several in brackets, as it stands in a statement."""
	if isinstance(value, list | tuple):
		return f"({', '.join(_literals(value))})"
	return _literals([value])[0]


def _literals(values: Collection[Any]) -> list[str]:
	"""Values as they stand in a statement. Signs to escape are looked for in all of them at once: most columns have none."""
	whole = "|".join(map(str, values))
	if any(sign in whole for sign in SPECIAL):
		return ["null" if value is None else _escaped(str(value)) for value in values]
	return ["null" if value is None else f"'{value}'" for value in values]


def _escaped(text: str) -> str:
	return frappe.db.escape(text, percent=False).replace("l(", "l\\(").replace("L(", "L\\(")
