"""Which protection levels of a record a user reads, that of the session where none is named (docs/SECURITY.md)."""

import frappe

PAPERS, HEALTH, PARENTAGE = 1, 2, 3


def read_levels(doctype: str = "Child", user: str | None = None) -> set[int]:
	"""Every level whose fields may be shown to the user; level 0 comes with the right to the record itself."""
	return {0, *frappe.get_meta(doctype).get_permlevel_access("read", user=user)}


def readable(level: int | None, doctype: str = "Child") -> bool:
	"""Whether fields of the level may be shown."""
	return (level or 0) in read_levels(doctype)


def field_readable(doctype: str, fieldname: str) -> bool:
	"""Whether the DocType has the field and it may be shown."""
	df = frappe.get_meta(doctype).get_field(fieldname)
	return bool(df) and readable(df.permlevel, doctype)
