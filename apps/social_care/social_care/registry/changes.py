"""What a save really changes: an empty text, a zero and nothing are one, a date and its text too, and an amount with and without decimals."""

from frappe.model.document import Document


def differs(doc: Document, before: Document | None, field: str) -> bool:
	"""Whether `field` has another value than before (than nothing, for a new row)."""
	return plain(doc.get(field)) != plain(before.get(field) if before else None)


def plain(value) -> str:
	"""A value as a text that stays the same on its way to the desk and back, which sends 14000.0 as 14000."""
	if isinstance(value, float) and value.is_integer():
		value = int(value)
	return str(value or "")
