"""Rows on their way into tables: many at a time, none twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import frappe

ROWS = 1000


class UnknownColumns(ValueError):
	"""Generated rows have columns that the DocType's table has not."""


class Store:
	"""Gathers rows by DocType and inserts them in chunks, each of which is committed.

	Rows that are there already are left as they are, so that a load that was killed can simply be run again.
	`inserted` counts new rows by DocType.
	"""

	def __init__(self) -> None:
		self.waiting: dict[str, list[dict]] = defaultdict(list)
		self.inserted: Counter[str] = Counter()

	def add(self, doctype: str, row: dict) -> None:
		"""Take a row; every row of a DocType has the same keys."""
		rows = self.waiting[doctype]
		rows.append(row)
		if len(rows) >= ROWS:
			self.flush([doctype])

	def flush(self, doctypes: Iterable[str] | None = None) -> None:
		"""Insert what waits (of some DocTypes) and commit."""
		for doctype in list(doctypes or self.waiting):
			if rows := self.waiting.pop(doctype, None):
				self.inserted[doctype] += insert(doctype, rows)
		frappe.db.commit()  # bounded chunks; a killed load loses only the last one


def insert(doctype: str, rows: list[dict]) -> int:
	"""Insert rows whose names are not in the table yet; returns how many."""
	known = set(
		frappe.get_all(doctype, filters={"name": ["in", [row["name"] for row in rows]]}, pluck="name")
	)
	new = [row for row in rows if row["name"] not in known]
	if not new:
		return 0
	columns = list(new[0])
	if unknown := set(columns) - set(frappe.db.get_table_columns(doctype)):
		raise UnknownColumns(f"{doctype}: {', '.join(sorted(unknown))}")
	frappe.db.bulk_insert(doctype, columns, [tuple(row[column] for column in columns) for row in new])
	return len(new)
