"""Small numbers in tables of figures: a cell that counts one or two children may tell who they are.

A number from 1 to the limit less one is hidden. A sum that is shown beside its parts gives a hidden part away when it is the only
one, or when the hidden parts together are below the limit; then the smallest other cell goes too, until no sum tells anything. Zeros
are shown: they are about nobody.
"""

import frappe
from frappe import _
from frappe.utils import cint

HIDDEN = "*"
Cell = tuple[int, str]  # number of the row, field
Sum = list[Cell]  # parts, and what they sum to as the last one


def limit() -> int:
	"""Numbers below this one are hidden from the session user; 0 for whoever may open the files themselves."""
	if frappe.has_permission("Child", "read"):
		return 0
	return cint(frappe.get_cached_doc("Social Care Settings").print_small_numbers_below)


def note(below: int) -> str | None:
	if not below:
		return None
	return _("* Numbers below {0}, and those from which they could be told, are not shown.").format(below)


def hidden(rows: list[dict], fields: list[str], below: int, sums: list[Sum] | None = None) -> list[dict]:
	"""The rows with small numbers of `fields` replaced, and with as many others as keep them from being calculated.

	The last row holds the sums of the columns. `sums`: what sums up beside the columns; each whole line to its last field where nothing
	else is said.
	"""
	across = [[(number, field) for field in fields] for number in range(len(rows))] if sums is None else sums
	down = [[(number, field) for number in range(len(rows))] for field in fields]
	cells = {(number, field) for number, row in enumerate(rows) for field in fields if 0 < row[field] < below}
	while (more := _unprotected(rows, across + down, cells, below)) is not None:
		cells.add(more)
	return [
		row | {field: HIDDEN if (number, field) in cells else row[field] for field in fields}
		for number, row in enumerate(rows)
	]


def _unprotected(rows: list[dict], sums: list[Sum], cells: set[Cell], below: int) -> Cell | None:
	"""A cell to hide besides those from which a sum would tell a small number."""
	for cells_of_sum in sums:
		*parts, whole = cells_of_sum
		gone = [cell for cell in cells_of_sum if cell in cells]
		if not gone or (len(gone) > 1 and (whole in cells or _together(rows, parts, cells) >= below)):
			continue
		others = [cell for cell in cells_of_sum if cell not in cells]
		if counted := [cell for cell in others if rows[cell[0]][cell[1]]]:
			return min(counted, key=lambda cell: (cell == whole, rows[cell[0]][cell[1]]))
	return None


def _together(rows: list[dict], parts: list[Cell], cells: set[Cell]) -> int:
	return sum(rows[number][field] for number, field in parts if (number, field) in cells)
