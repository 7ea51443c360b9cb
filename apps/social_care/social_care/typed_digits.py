"""Digits typed on an Arabic keyboard are kept as ASCII digits in short fields, so that they compare, sort and are found;
what is shown follows the reader's setting. Long texts stay as they were written."""

from collections.abc import Iterator

from frappe.model.document import Document

from social_care.registry.arabic import DIGITS, ascii_digits

KINDS = frozenset(
	("Currency", "Data", "Date", "Datetime", "Duration", "Float", "Int", "Percent", "Phone", "Time")
)
TYPED = frozenset(map(chr, DIGITS))


def to_ascii(doc: Document, method: str | None = None) -> None:
	"""`before_validate` of every DocType: the record and the rows of its tables."""
	for row in (doc, *doc.get_all_children()):
		for fieldname in list(_typed(row)):
			row.set(fieldname, ascii_digits(row.get(fieldname)))


def _typed(row: Document) -> Iterator[str]:
	"""Short fields that hold such digits; never the one that names the record, which has its name already."""
	for fieldname, value in row.__dict__.items():
		if isinstance(value, str) and not TYPED.isdisjoint(value):
			df = row.meta.get_field(fieldname)
			if df and df.fieldtype in KINDS and row.meta.autoname != f"field:{fieldname}":
				yield fieldname
