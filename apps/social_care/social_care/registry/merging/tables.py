"""Rows of a file's tables that go over to the file that stays."""

from frappe.model.document import Document

from social_care.registry.merging import links
from social_care.registry.merging.journal import Journal

# What makes two rows of a table the same: such a row stays with the merged file.
SAME = {
	"Education Record": ("school_year",),
	"Identity Paper": ("paper_kind", "paper_number"),
}


def move_rows(journal: Journal, survivor: Document, merged: Document) -> None:
	"""All rows go over, after those that are there, but for what the file that stays says itself."""
	for table, doctype in links.table_rows("Child"):
		own = survivor.get(table)
		known = {_key(doctype, row) for row in own} - {None}
		place = len(own)
		for row in merged.get(table):
			if _key(doctype, row) in known:
				continue
			place += 1
			journal.write(doctype, row.name, {"parent": survivor.name, "idx": place})


def _key(doctype: str, row: Document) -> tuple | None:
	fields = SAME.get(doctype)
	return tuple(str(row.get(field) or "") for field in fields) if fields else None
