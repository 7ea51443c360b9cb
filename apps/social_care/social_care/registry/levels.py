"""Which protection levels of the child's file the session user reads (docs/SECURITY.md)."""

import frappe

PAPERS, HEALTH, PARENTAGE = 1, 2, 3


def readable(level: int) -> bool:
	"""Whether fields of the level may be shown."""
	return level in frappe.get_meta("Child").get_permlevel_access("read")
