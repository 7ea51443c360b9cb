"""Small numbers in tables of figures: a cell that counts one or two children may tell who they are."""

import frappe
from frappe import _
from frappe.utils import cint

HIDDEN = "*"


def limit() -> int:
	"""Numbers below this one are hidden from the session user; 0 for whoever may open the files themselves."""
	if frappe.has_permission("Child", "read"):
		return 0
	return cint(frappe.get_cached_doc("Social Care Settings").print_small_numbers_below)


def note(below: int) -> str | None:
	if not below:
		return None
	return _("* Numbers below {0}, and those from which they could be told, are not shown.").format(below)


def hidden(rows: list[dict], fields: list[str], below: int) -> list[dict]:
	"""The rows with small numbers of `fields` replaced, and with as many others as keep them from being calculated.

	The last row holds the sums. Where one cell alone is hidden of a line or a column, the next smallest goes with it.
	"""
	cells = {(number, field) for number, row in enumerate(rows) for field in fields if 0 < row[field] < below}
	while (more := _unprotected(rows, fields, cells)) is not None:
		cells.add(more)
	return [
		row | {field: HIDDEN if (number, field) in cells else row[field] for field in fields}
		for number, row in enumerate(rows)
	]


def _unprotected(rows: list[dict], fields: list[str], cells: set) -> tuple[int, str] | None:
	"""A cell to hide besides one that is hidden alone in its line or column."""
	lines = [[(number, field) for field in fields] for number in range(len(rows))]
	columns = [[(number, field) for number in range(len(rows))] for field in fields]
	for line in lines + columns:
		if sum(cell in cells for cell in line) != 1:
			continue
		others = [cell for cell in line if cell not in cells]
		counted = [cell for cell in others if rows[cell[0]][cell[1]]] or others
		if counted:
			return min(counted, key=lambda cell: rows[cell[0]][cell[1]])
	return None
