"""The rows of a list that were not taken, as a workbook: right to left, a reason beside each cell, to be corrected and loaded again."""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence

import frappe
from frappe import _
from frappe.core.doctype.access_log.access_log import make_access_log
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from social_care.cash_support import faults, lists, rights
from social_care.registry.roll.cells import harmless
from social_care.registry.roll.writing import HEAD, KEPT, WRONG

BATCH, REJECTED = "Beneficiary Import Batch", "Beneficiary Rejected Row"
READ_AT_ONCE = 5000
MOST_COMMENTS = 20_000  # more make a workbook slow; the reason stands in a column anyway
REASON = "Reason of the Rejection"
WIDTH = 22


def workbook(batch: str) -> bytes:
	"""Open rejected rows of a batch, for who may load such lists at its place. The download is logged."""
	doc = frappe.get_doc(BATCH, batch)
	doc.check_permission("read")
	rights.check(rights.LOADERS[doc.contents], doc.org_unit)
	make_access_log(doctype=BATCH, document=batch, file_type="XLSX", method="rejected rows")
	return Writer(lists.columns(doc.contents), faults.sentence).write(_rows(batch))


def _rows(batch: str) -> Iterator[dict]:
	"""Rows that nobody has corrected yet; no role reads the table, the right was asked on the batch."""
	last = ""
	while part := frappe.get_all(
		REJECTED,
		{"batch": batch, "state": "Open", "name": [">", last]},
		["name", "sheet_row", "cells", "faults"],
		order_by="name asc",
		limit=READ_AT_ONCE,
	):
		yield from part
		last = part[-1].name


class Writer:
	"""Writes one workbook, row by row. `columns` have a key and a heading; `sentence` says what a kept fault means."""

	def __init__(self, columns: Sequence, sentence: Callable[[str], str]) -> None:
		self.columns, self.sentence = columns, sentence
		self.book = Workbook(write_only=True)
		self.sheet = self.book.create_sheet(_("Rejected Rows"))
		self.comments = 0

	def write(self, rows: Iterable[dict]) -> bytes:
		"""The bytes of the file."""
		self._prepare()
		for row in rows:
			self.sheet.append(self._line(row))
		stream = io.BytesIO()
		self.book.save(stream)
		return stream.getvalue()

	def _prepare(self) -> None:
		sheet = self.sheet
		sheet.sheet_view.rightToLeft = True
		sheet.freeze_panes = "A2"
		headings = [column.heading for column in self.columns]
		headings += [_(REASON), _("Row in the Sheet"), _(lists.REJECTED_HEADING)]
		for number, _heading in enumerate(headings, 1):
			wide = number == len(self.columns) + 1
			sheet.column_dimensions[get_column_letter(number)].width = WIDTH * 3 if wide else WIDTH
		sheet.append([self._head(text) for text in headings])

	def _head(self, text: str) -> WriteOnlyCell:
		cell = self._cell(text)
		cell.font, cell.fill = Font(bold=True, color="FFFFFF"), HEAD
		cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
		return cell

	def _line(self, row: dict) -> list[WriteOnlyCell]:
		values, wrong = json.loads(row.cells), json.loads(row.faults)
		cells = [self._own(column, values, wrong) for column in self.columns]
		labels = {column.key: column.heading for column in self.columns}
		reason = " — ".join(
			f"{labels[key]}: {self.sentence(code)}" if key in labels else self.sentence(code)
			for key, code in wrong.items()
		)
		return [
			*cells,
			self._cell(reason, WRONG),
			self._cell(row.sheet_row, KEPT),
			self._cell(row.name, KEPT),
		]

	def _own(self, column, values: dict, wrong: dict) -> WriteOnlyCell:
		cell = self._cell(values.get(column.key) or None)
		if code := wrong.get(column.key):
			cell.fill = WRONG
			if self.comments < MOST_COMMENTS:
				self.comments += 1
				cell.comment = Comment(self.sentence(code), _("Social Care"), width=260, height=70)
		return cell

	def _cell(self, value, fill=None) -> WriteOnlyCell:
		cell = WriteOnlyCell(self.sheet, value=harmless(value) if isinstance(value, str) else value)
		if isinstance(value, str):
			cell.data_type, cell.number_format = "s", "@"  # never a formula
		if fill:
			cell.fill = fill
		return cell
