"""Rows of one table written in one statement. Columns come from the DocType, values are parameters."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby

import frappe
from frappe.utils import create_batch

AT_ONCE = 250


def insert_rows(doctype: str, rows: list[dict], is_once: bool = False) -> None:
	"""New rows, in their order; those that follow each other with the same columns go in one statement. `is_once`: a row whose
	name another transaction wrote meanwhile is left as it is."""
	verb = "insert ignore" if is_once else "insert"
	for columns, same in groupby(rows, key=tuple):
		for part in create_batch(list(same), AT_ONCE):
			marks = f"({', '.join(['%s'] * len(columns))})"
			frappe.db.sql(
				f"{verb} into `tab{doctype}` ({_quoted(columns)}) values {', '.join([marks] * len(part))}",
				[value for row in part for value in row.values()],
			)


def update_rows(doctype: str, rows: dict[str, dict]) -> None:
	"""Changed columns of stored rows: {name: {column: value}}; every row has at least one."""
	for part in create_batch(list(rows.items()), AT_ONCE):
		names = [name for name, _changes in part]
		columns = list(dict.fromkeys(column for _name, changes in part for column in changes))
		settings, values = zip(*(_setting(column, part) for column in columns), strict=True)
		marks = ", ".join(["%s"] * len(names))
		frappe.db.sql(
			f"update `tab{doctype}` set {', '.join(settings)} where `name` in ({marks})",
			[value for own in values for value in own] + names,
		)


def _setting(column: str, part: list[tuple[str, dict]]) -> tuple[str, list]:
	"""What a column is set to: one value, where all rows get the same, else one a row."""
	given = [(name, changes[column]) for name, changes in part if column in changes]
	values = {value for _name, value in given}
	if len(values) == 1 and len(given) == len(part):
		return f"`{column}` = %s", [given[0][1]]
	cases = " ".join(["when %s then %s"] * len(given))
	own = [value for pair in given for value in pair]
	return f"`{column}` = case `name` {cases} else `{column}` end", own


def changes(before: dict, after: dict) -> dict:
	"""Columns of `after` (values as they are sent to the database) that the stored row holds otherwise."""
	return {column: value for column, value in after.items() if not _same(before.get(column), value)}


def _same(stored, value) -> bool:
	if isinstance(stored, date | datetime | time | timedelta):
		stored = str(stored)
	return stored == value and (stored is None) == (value is None)


def next_numbers(doctype: str, number: int) -> Iterator[int]:
	"""The next names of a DocType that counts its rows, in one query."""
	for part in create_batch(list(range(number)), AT_ONCE):
		one = f"select nextval(`{frappe.scrub(doctype)}_id_seq`)"
		yield from (int(name) for (name,) in frappe.db.sql(" union all ".join([one] * len(part))))


def _quoted(columns: Iterable[str]) -> str:
	return ", ".join(f"`{column}`" for column in columns)
