"""The roll as a workbook: right to left, Arabic headings, drop-downs, locked keys, an instructions sheet."""

import io
from copy import copy
from dataclasses import dataclass, field

import frappe
from frappe import _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from social_care.registry.roll.cells import fingerprint, harmless, shown
from social_care.registry.roll.choices import Choices, choices_of
from social_care.registry.roll.columns import LONG_TEXT, Column
from social_care.registry.roll.instructions import sentences
from social_care.registry.roll.limits import limit

FORMAT = "1"
BASE_SHEET = "_roll"
CODE, STATE, VERSION, REMARKS = "File Code", "File State", "Row Version", "Remarks"
KEYS = (CODE, STATE, VERSION)
LOCKED, OPEN = Protection(locked=True), Protection(locked=False)
HEAD = PatternFill("solid", fgColor="1F4E5F")
KEPT, WRONG = PatternFill("solid", fgColor="ECEFF1"), PatternFill("solid", fgColor="FDE3E1")
DATE_FORMAT = "dd/mm/yyyy"


@dataclass
class Line:
	"""A row to be written: plain texts (or raw cells) by column key, and what is wrong with it."""

	code: str = ""
	state: str = ""
	cells: dict = field(default_factory=dict)
	version: str = ""
	editable: bool = True
	remark: str = ""
	comments: dict[str, str] = field(default_factory=dict)


def version_of(texts: dict[str, str], columns: list[Column]) -> str:
	"""What the row held at the download: a fingerprint a column, in the order of the base sheet."""
	return "".join(fingerprint(texts[column.key]) for column in columns)


class RollWriter:
	"""Writes one workbook."""

	def __init__(
		self, columns: list[Column], institution: str, raw: bool = False, order: list[str] | None = None
	) -> None:
		self.columns, self.institution, self.raw = columns, institution, raw
		self.order = [column.key for column in columns] if order is None else order
		self.choices: dict[str, Choices] = choices_of(columns)
		self.styles: dict[tuple, StyleArray] = {}
		self.book = Workbook(write_only=True)
		self.sheet = self.book.create_sheet(_("Children's Roll"))

	def write(self, lines: list[Line], blank: int = 0) -> bytes:
		"""The file's bytes, with `blank` open rows for new children."""
		self._prepare(len(lines) + blank)
		self.sheet.append([self._head(text) for text in self._headings()])
		for line in lines:
			self.sheet.append(self._line(line))
		for _number in range(blank):
			self.sheet.append(self._line(Line()))
		self._instructions()
		self._lists()
		self._base()
		stream = io.BytesIO()
		self.book.save(stream)
		return stream.getvalue()

	def _headings(self) -> list[str]:
		remarks = [_(REMARKS)] if self.raw else []
		return [_(text) for text in KEYS] + [column.heading for column in self.columns] + remarks

	def _prepare(self, rows: int) -> None:
		sheet = self.sheet
		sheet.sheet_view.rightToLeft = True
		sheet.freeze_panes = "C2"
		sheet.protection.sheet = True
		sheet.protection.formatColumns = sheet.protection.formatRows = False
		for number, heading in enumerate(self._headings(), 1):
			dimension = sheet.column_dimensions[get_column_letter(number)]
			dimension.width = min(max(len(heading) + 4, 14), 34)
			dimension.hidden = heading == _(VERSION)
		for number, column in enumerate(self.columns):
			if rule := self._rule(column):
				letter = get_column_letter(len(KEYS) + 1 + number)
				rule.add(f"{letter}2:{letter}{rows + 1}")
				sheet.data_validations.append(rule)

	def _rule(self, column: Column) -> DataValidation | None:
		"""The drop-down list of a column, or what a date has to look like."""
		if words := self._words(column):
			letter = get_column_letter(self._list_columns().index(self._list_key(column)) + 1)
			source = f"'{_('Lists')}'!${letter}$1:${letter}${len(words)}"
			rule = DataValidation(type="list", formula1=source, allow_blank=True)
		elif column.fieldtype == "Date":
			rule = DataValidation(type="date", operator="greaterThan", formula1="1", allow_blank=True)
		else:
			return None
		rule.showErrorMessage, rule.errorTitle = True, column.heading[:30]
		rule.error = _("Choose from the list.") if words else _("Write the day as day, month and year.")
		return rule

	def _words(self, column: Column) -> list[str]:
		return self.choices[column.key].listed() if column.key in self.choices else []

	def _list_key(self, column: Column) -> tuple[str, ...]:
		return tuple(self._words(column))

	def _list_columns(self) -> list[tuple[str, ...]]:
		"""Each list once, however many columns use it."""
		return list(dict.fromkeys(self._list_key(column) for column in self.columns if self._words(column)))

	def _head(self, text: str) -> WriteOnlyCell:
		cell = WriteOnlyCell(self.sheet, value=text)
		cell.font, cell.fill = Font(bold=True, color="FFFFFF"), HEAD
		cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
		cell.protection = LOCKED
		return cell

	def _line(self, line: Line) -> list[WriteOnlyCell]:
		keys = [line.code, _(line.state) if line.state else "", line.version]
		cells = [self._cell(key, LOCKED, KEPT) for key in keys]
		cells += [self._field(line, column) for column in self.columns]
		if self.raw:
			cells.append(self._cell(line.remark, LOCKED, WRONG if line.remark else None))
		return cells

	def _field(self, line: Line, column: Column) -> WriteOnlyCell:
		value = line.cells.get(column.key)
		if self.raw:
			value = harmless(value) if isinstance(value, str) else value
		elif value:
			value = shown(value, column, self.choices.get(column.key))
		is_open = line.editable and column.writable
		cell = self._cell(value, OPEN if is_open else LOCKED, None if is_open else KEPT, column.fieldtype)
		if remark := line.comments.get(column.key):
			cell.fill, cell.comment = WRONG, Comment(remark, _("Social Care"), width=260, height=90)
		return cell

	def _cell(
		self, value, protection: Protection, fill: PatternFill | None, fieldtype: str = ""
	) -> WriteOnlyCell:
		"""A cell of a kind; the style of each kind is made once, because making one is slow."""
		cell = WriteOnlyCell(self.sheet, value=value)
		if isinstance(value, str):
			cell.data_type = "s"  # never a formula
		kind = (protection.locked, fill.fgColor.rgb if fill else "", fieldtype)
		if kind not in self.styles:
			self._dress(cell, protection, fill, fieldtype)
			self.styles[kind] = copy(cell._style)
		cell._style = copy(self.styles[kind])
		return cell

	def _dress(
		self, cell: WriteOnlyCell, protection: Protection, fill: PatternFill | None, fieldtype: str
	) -> None:
		cell.protection = protection
		if fill:
			cell.fill = fill
		if fieldtype == "Date":
			cell.number_format = DATE_FORMAT
		elif fieldtype == "Data":
			cell.number_format = "@"
		elif fieldtype in LONG_TEXT:
			cell.alignment = Alignment(wrap_text=True, vertical="top")

	def _instructions(self) -> None:
		sheet = self.book.create_sheet(_("Instructions"))
		sheet.sheet_view.rightToLeft = True
		sheet.protection.sheet = True
		sheet.column_dimensions["A"].width = 110
		for text in sentences():
			cell = WriteOnlyCell(sheet, value=text)
			cell.alignment = Alignment(wrap_text=True, vertical="top")
			sheet.append([cell])

	def _lists(self) -> None:
		sheet = self.book.create_sheet(_("Lists"))
		sheet.sheet_state = "hidden"
		sheet.protection.sheet = True
		lists = self._list_columns()
		for number in range(max(map(len, lists), default=0)):
			sheet.append([harmless(words[number]) if number < len(words) else None for words in lists])

	def _base(self) -> None:
		"""What the row versions are about: format, institution, column keys in their order."""
		sheet = self.book.create_sheet(BASE_SHEET)
		sheet.sheet_state = "veryHidden"
		sheet.protection.sheet = True
		sheet.append([FORMAT, self.institution, frappe.utils.now()])
		sheet.append(self.order)


def blank_rows() -> int:
	"""Open rows for new children below the roll."""
	return limit("roll_blank_rows")
