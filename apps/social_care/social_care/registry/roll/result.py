"""The rows of an upload that were not taken as a whole, with the remark of each cell: to be corrected and uploaded again."""

import json

import frappe
from frappe import _

from social_care.registry.roll import reading
from social_care.registry.roll.checking import content
from social_care.registry.roll.columns import columns
from social_care.registry.roll.decisions import own_upload
from social_care.registry.roll.writing import Line, RollWriter

FIELDS = ["sheet_row", "cells", "note"]


def workbook(upload: str) -> bytes:
	"""For the one who uploaded it. Raises UnfitWorkbookError where the file itself could not be read."""
	doc = own_upload(upload)
	sheet = reading.read(*content(doc), columns())
	remarks = {row.sheet_row: row for row in _rows(upload)}
	lines = [_line(row, remarks[row.number], sheet.order) for row in sheet.rows if row.number in remarks]
	order = {key: place for place, key in enumerate(sheet.order)}
	own = sorted(sheet.columns, key=lambda column: order.get(column.key, len(order)))
	return RollWriter(own, doc.institution, raw=True, order=sheet.order).write(lines)


def _rows(upload: str) -> list[dict]:
	"""Rows with something to say; no role reads them, the uploader wrote them."""
	rows = frappe.get_all("Roll Upload Row", filters={"roll_upload": upload}, fields=FIELDS, limit=0)
	return [row for row in rows if row.note or '"problem"' in row.cells or '"conflict"' in row.cells]


def _line(row: reading.Row, remark: dict, order: list[str]) -> Line:
	comments = {}
	for key, cell in json.loads(remark.cells).items():
		if cell.get("problem"):
			comments[key] = cell["problem"]
		elif cell.get("conflict"):
			comments[key] = _("Somebody else changed this meanwhile; now it holds: {0}").format(
				cell["old"] or "—"
			)
	return Line(
		code=row.code,
		cells=row.cells,
		version=row.version if order else "",
		remark=remark.note or "",
		comments=comments,
	)
