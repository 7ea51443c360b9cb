"""Asking by file: a list goes out, and comes back with its last columns filled in."""

import csv
import io
from collections.abc import Iterable, Iterator

from frappe import _
from frappe.model.document import Document
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from social_care.cash_support import lists
from social_care.registry.roll.cells import harmless
from social_care.registry.roll.writing import HEAD
from social_care.registry.verification import FIELDS
from social_care.registry.verification.columns import CONTENTS, KEYS, SAID, SENT
from social_care.registry.verification.sources import Answer, Connector, Question

WIDTH = 22


def headings(source: Document) -> list[lists.Column]:
	"""Columns of a source's list: the keys, what is sent, and those to be filled in."""
	sent = {SENT + FIELDS[row.field] for row in source.fields if row.sent}
	said = {SAID + FIELDS[row.field] for row in source.fields if row.compared}
	kept = {*KEYS, "death_date", *sent, *said}
	return [column for column in lists.columns(CONTENTS) if column.key in kept]


def prepare(source: Document, questions: list[Question]) -> list[list[str]]:
	"""A row of texts for each question, none of which a program computes."""
	columns = headings(source)
	return [[harmless(_cell(question, column.key)) for column in columns] for question in questions]


def _cell(question: Question, key: str) -> str:
	own = {"key": question.key, "check": question.check, "national_number": question.national_number}
	if key in own:
		return own[key]
	value = question.values.get(key.removeprefix(SENT), "") if key.startswith(SENT) else ""
	return _(value, lang="ar") if key == SENT + "sex" and value else value


def read(rows: Iterable[lists.Row]) -> Iterator[Answer]:
	"""Rows of a file, as they stand."""
	return (Answer(row.number, row.cells) for row in rows)


def as_csv(source: Document, rows: Iterable[list[str]]) -> bytes:
	"""A text table in UTF-8 with its mark, so that spreadsheets read the Arabic."""
	stream = io.StringIO(newline="")
	writer = csv.writer(stream)
	writer.writerow([column.heading for column in headings(source)])
	writer.writerows(rows)
	return stream.getvalue().encode("utf-8-sig")


def as_workbook(source: Document, rows: Iterable[list[str]]) -> bytes:
	"""A workbook, right to left, all cells text."""
	book = Workbook(write_only=True)
	sheet = book.create_sheet(_("Questions on Identity", lang="ar"))
	sheet.sheet_view.rightToLeft, sheet.freeze_panes = True, "A2"
	columns = headings(source)
	for number, _column in enumerate(columns, 1):
		sheet.column_dimensions[get_column_letter(number)].width = WIDTH
	sheet.append([_head(sheet, column.heading) for column in columns])
	for row in rows:
		sheet.append([_text(sheet, value) for value in row])
	stream = io.BytesIO()
	book.save(stream)
	return stream.getvalue()


def _head(sheet, text: str) -> WriteOnlyCell:
	cell = _text(sheet, text)
	cell.font, cell.fill = Font(bold=True, color="FFFFFF"), HEAD
	cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
	return cell


def _text(sheet, value: str) -> WriteOnlyCell:
	cell = WriteOnlyCell(sheet, value=value or None)
	if value:
		cell.data_type, cell.number_format = "s", "@"
	return cell


FILE = Connector(kind="File", title="File", prepare=prepare, read=read)
