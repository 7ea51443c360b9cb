"""The dry run: every row read, matched and compared, chunk by chunk, each committed with the position. No file is changed."""

import json
from collections.abc import Iterator
from itertools import islice

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now

from social_care.cash_support import files, reading
from social_care.cash_support.lists import Row
from social_care.registry.legacy import (
	CHECKED,
	DONE,
	IMPORT,
	NEW,
	POSSIBLE,
	REJECTED,
	ROW,
	SAME,
	TAKE,
	comparing,
	mapping,
)
from social_care.registry.legacy.finding import BY_ID, Finder, Found
from social_care.registry.legacy.rows import Cleaned, Reader
from social_care.registry.together.statements import insert_rows

AT_ONCE = 100
COUNTED = {NEW: "rows_new", SAME: "rows_same", POSSIBLE: "rows_possible", REJECTED: "rows_rejected"}


def check(name: str) -> None:
	"""The rows that are left; gives up where the file cannot be read (UnreadableError)."""
	doc = frappe.get_doc(IMPORT, name)
	layout = reading.parsed(doc.layout)
	reader = Reader(mapping.mapping_of(doc.source, list(layout.places)))
	applied = set(frappe.get_all(ROW, {"legacy_import": name, "outcome": DONE}, pluck="sheet_row"))
	rows = reading.rows(files.path(doc), layout, doc.position)
	for part in _parts(rows):
		chunk(
			doc,
			[reader.read(row.number, row.cells, row.corrects) for row in part if row.number not in applied],
			reader,
		)
		share = 100 * (part[-1].number - layout.head) / max(layout.rows - layout.head, 1)
		keep(name, position=part[-1].number, progress=min(share, 99), rows_corrected=doc.rows_corrected or 0)
		frappe.db.commit()  # the bound of a chunk
	keep(name, status=CHECKED, progress=100)
	frappe.db.commit()  # the end of the job


def _parts(rows: Iterator[Row]) -> Iterator[list[Row]]:
	while part := list(islice(rows, AT_ONCE)):
		yield part


def keep(name: str, **values) -> None:
	"""Counts from the rows themselves, so that they are right however often a worker was ended."""
	from social_care.registry.legacy.work import tell

	frappe.db.set_value(IMPORT, name, counts(name) | values)
	tell(name)


def counts(name: str) -> dict[str, int]:
	"""How many rows of an import are of each kind, and what became of them."""
	rows = frappe.db.sql(
		"select `kind`, `outcome`, count(*) from `tabLegacy Row` where `legacy_import` = %s group by 1, 2",
		name,
	)
	found = dict.fromkeys(("rows_read", "rows_applied", "rows_refused", *COUNTED.values()), 0)
	for kind, outcome, number in rows:
		found["rows_read"] += number
		found[COUNTED[kind]] += number
		if outcome:
			found["rows_applied" if outcome == DONE else "rows_refused"] += number
	return found


def chunk(doc: Document, rows: list[Cleaned], reader: Reader) -> None:
	"""Store what these rows are."""
	if not rows:
		return
	_refuse_repeated(doc, rows)
	finder = Finder(doc.source, rows)
	judged = [judge(row, finder, reader) for row in rows]
	doc.rows_corrected = (doc.rows_corrected or 0) + _correct(doc, rows)
	_supersede(doc, [row for row, found, cells in judged if not _repeats(found, cells)])
	stamp = now()
	insert_rows(ROW, [_stored(doc, row, found, cells, stamp) for row, found, cells in judged])


def judge(row: Cleaned, finder: Finder, reader: Reader) -> tuple[Cleaned, Found, comparing.Cells]:
	"""Whose row it is and what it would write; a row with a fault is rejected."""
	found = Found(REJECTED) if row.faults else finder.find(row)
	if found.kind == SAME:
		child = frappe.get_doc("Child", found.child)
		return row, found, comparing.of_same(row, child, reader.words.columns)
	cells = comparing.cells_of(row)
	if found.kind == NEW:
		cells = comparing.of_new(row, reader.words.columns)
		found.kind = REJECTED if row.faults else NEW
	return row, found, cells


def _refuse_repeated(doc: Document, rows: list[Cleaned]) -> None:
	"""Of two rows with one number of the old registry the second is not taken."""
	ids = [row.legacy_id for row in rows if row.legacy_id]
	earlier = frappe.get_all(
		ROW,
		{"legacy_import": doc.name, "legacy_id": ["in", ids or [""]]},
		["legacy_id", "sheet_row"],
		order_by="sheet_row desc",
	)
	seen = {row.legacy_id: row.sheet_row for row in earlier}
	for row in rows:
		if row.legacy_id and row.legacy_id in seen:
			row.faults["legacy_id"] = _("This number stands in row {0} already.").format(seen[row.legacy_id])
		seen.setdefault(row.legacy_id, row.number)


def _repeats(found: Found, cells: comparing.Cells) -> bool:
	"""A row that says of a child whom an earlier file brought nothing new: the earlier row goes on counting."""
	return found.by == BY_ID and not cells


def _supersede(doc: Document, rows: list[Cleaned]) -> None:
	"""Of several files of one registry the latest row of a number counts."""
	ids = [row.legacy_id for row in rows if row.legacy_id and "legacy_id" not in row.faults]
	if ids:
		earlier = {"source": doc.source, "legacy_id": ["in", ids], "legacy_import": ["!=", doc.name]}
		frappe.db.set_value(ROW, earlier, "superseded", 1, update_modified=False)


def _correct(doc: Document, rows: list[Cleaned]) -> int:
	"""Rejected rows of earlier files of the registry that stand corrected among these; how many."""
	names = sorted({row.corrects for row in rows if row.corrects and not row.faults})
	found = frappe.get_all(
		ROW,
		{"name": ["in", names or [""]], "source": doc.source, "kind": REJECTED, "superseded": 0},
		pluck="name",
	)
	if found:
		frappe.db.set_value(ROW, {"name": ["in", found]}, "superseded", 1, update_modified=False)
	return len(found)


def _stored(doc: Document, row: Cleaned, found: Found, cells: comparing.Cells, stamp: str) -> dict:
	user = frappe.session.user
	return {
		"name": frappe.generate_hash(length=12),
		"creation": stamp,
		"modified": stamp,
		"owner": user,
		"modified_by": user,
		"legacy_import": doc.name,
		"source": doc.source,
		"legacy_id": row.legacy_id,
		"sheet_row": row.number,
		"institution": row.institution or None,
		"written": json.dumps(row.written, ensure_ascii=False),
		"faults": json.dumps(row.faults, ensure_ascii=False) if row.faults else "",
		**kept(found, cells),
		"superseded": int(_repeats(found, cells)),
		"outcome": "",
	}


def kept(found: Found, cells: comparing.Cells) -> dict:
	"""What is stored of whose row it is; rows without an open question are proposed to be taken."""
	return {
		"kind": found.kind,
		"matched_by": found.by,
		"child": found.child or None,
		"candidates": json.dumps(found.candidates) if found.candidates else "",
		"cells": json.dumps(cells, ensure_ascii=False),
		"differences": sum(bool(cell["old"]) for cell in cells.values()) if found.kind == SAME else 0,
		"decision": TAKE if found.kind in (NEW, SAME) else "",
		"note": comparing.missing_sentence(cells),
	}
