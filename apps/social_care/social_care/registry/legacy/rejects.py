"""Rows of an old registry that were not taken, as a workbook with the reason beside each cell: corrected and brought in again."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import frappe
from frappe.core.doctype.access_log.access_log import make_access_log

from social_care.cash_support import reading, rejects
from social_care.registry.legacy import IMPORT, REJECTED, ROW, mapping, rights

READ_AT_ONCE = 2000


@dataclass(frozen=True)
class Heading:
	"""A column of the workbook: the field, and the heading of the file that it came from."""

	key: str
	heading: str


def workbook(name: str) -> bytes:
	"""For who decides about the import. The download is logged."""
	doc = rights.opened(name, rights.DECIDERS)
	found = mapping.mapping_of(doc.source, list(reading.parsed(doc.layout).places)).headings
	make_access_log(doctype=IMPORT, document=name, file_type="XLSX", method="rejected rows")
	columns = [Heading(field, text) for field, text in found.items()]
	return rejects.Writer(columns, lambda sentence: sentence).write(_rows(name))


def _rows(name: str) -> Iterator[frappe._dict]:
	"""Rejected rows, and those that the rules of the file refused; no role reads the table, the right was asked above."""
	for kind in ({"kind": REJECTED, "superseded": 0}, {"outcome": "Refused"}):
		last = ""
		filters = {"legacy_import": name, "written": ["!=", ""]} | kind
		while part := frappe.get_all(
			ROW,
			filters | {"name": [">", last]},
			["name", "sheet_row", "written", "faults", "note"],
			order_by="name asc",
			limit=READ_AT_ONCE,
		):
			yield from map(_as_rejected, part)
			last = part[-1].name


def _as_rejected(row: frappe._dict) -> frappe._dict:
	faults = row.faults or json.dumps({"": row.note or ""}, ensure_ascii=False)
	return frappe._dict(name=row.name, sheet_row=row.sheet_row, cells=row.written, faults=faults)
