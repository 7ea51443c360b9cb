"""Rows on their way into tables: many at a time, none twice."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import frappe

ROWS = 1000
ROWS_BETWEEN_COMMITS = 10_000


class UnknownColumns(ValueError):
	"""Generated rows have columns that the DocType's table has not."""


class Store:
	"""Gathers rows by DocType, inserts them in chunks and commits now and then.

	Rows that are there already are left as they are, so that a load that was killed can simply be run again.
	`inserted` counts new rows by DocType.
	"""

	def __init__(self) -> None:
		self.waiting: dict[str, list[dict]] = defaultdict(list)
		self.inserted: Counter[str] = Counter()
		self.uncommitted = 0

	def add(self, doctype: str, row: dict) -> None:
		"""Take a row; every row of a DocType has the same keys."""
		rows = self.waiting[doctype]
		rows.append(row)
		if len(rows) >= ROWS:
			self._write(doctype)

	def flush(self) -> None:
		"""Insert all that waits, and commit."""
		for doctype in list(self.waiting):
			self._write(doctype)
		self._commit()

	def _write(self, doctype: str) -> None:
		new = insert(doctype, self.waiting.pop(doctype))
		self.inserted[doctype] += new
		self.uncommitted += new
		if self.uncommitted >= ROWS_BETWEEN_COMMITS:
			self._commit()

	def _commit(self) -> None:
		frappe.db.commit()  # bounded transactions; a killed load loses only the last one
		self.uncommitted = 0


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
	write(doctype, columns, [tuple(row[column] for column in columns) for row in new])
	return len(new)


def write(doctype: str, columns: Sequence[str], rows: Sequence[tuple]) -> None:
	"""One statement for all rows. The framework's `bulk_insert` names every value and needs six times the time."""
	row = f"({', '.join(['%s'] * len(columns))})"
	heads = ", ".join(f"`{column}`" for column in columns)  # columns of the table, never text from outside
	statement = f"insert into `tab{doctype}` ({heads}) values {', '.join([row] * len(rows))}"
	frappe.db.sql(statement, [value for values in rows for value in values])
