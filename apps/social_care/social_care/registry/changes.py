"""What a save really changes: an empty text, a zero and nothing are one, a date and its text too."""

from frappe.model.document import Document


def differs(doc: Document, before: Document | None, field: str) -> bool:
	"""Whether `field` has another value than before (than nothing, for a new row)."""
	return _plain(doc.get(field)) != _plain(before.get(field) if before else None)


def _plain(value) -> str:
	return str(value or "")
