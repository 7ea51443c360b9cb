"""Many rows of one table in few statements, always as deterministic as the rows themselves: names and times are given, not made."""

from collections.abc import Iterable, Sequence
from typing import Any

import frappe
from frappe.utils import create_batch

AT_ONCE = 1000  # rows of one statement: half a megabyte
LOOKED_UP = 5000  # keys of one question


def insert(doctype: str, columns: Sequence[str], rows: list[tuple], **same: Any) -> None:
	"""New rows; `same` are the columns in which all of them are alike.

	A row that breaks a unique index raises; nothing is left out in silence.
	"""
	alike = [_literal(value) for value in same.values()]
	mark = f"({', '.join([*alike, *['%s'] * len(columns)])})"
	head = f"insert into `tab{doctype}` ({', '.join(f'`{column}`' for column in (*same, *columns))}) values "
	for part in create_batch(rows, AT_ONCE):
		frappe.db.sql(head + ", ".join([mark] * len(part)), [value for row in part for value in row])


def _literal(value: Any) -> str:
	"""A value as it stands in a statement that has further values."""
	return "null" if value is None else frappe.db.escape(str(value))


def look_up(query: str, keys: Iterable, **values) -> list[tuple]:
	"""Rows of a query whose `%(keys)s` is filled with so many keys at once. The query is a constant of the caller."""
	found: list[tuple] = []
	for part in create_batch(sorted(set(keys)), LOOKED_UP):
		found += frappe.db.sql(query, {"keys": part, **values})
	return found
