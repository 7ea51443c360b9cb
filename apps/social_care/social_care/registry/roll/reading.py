"""An uploaded workbook (or text table) as rows of raw cells by column. Headings decide, in any order; the rest is left."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from frappe import _

from social_care import plurals
from social_care.registry.roll import package
from social_care.registry.roll.cells import tidy
from social_care.registry.roll.columns import Column, fold
from social_care.registry.roll.limits import limit
from social_care.registry.roll.writing import BASE_SHEET, CODE, FORMAT, KEYS, REMARKS, VERSION

HEAD_WITHIN = 15  # rows in which the headings are looked for
MOST_COLUMNS = 400
LEAST_HEADINGS = 2
PRINT_LENGTH = 8


@dataclass
class Row:
	"""One row of the sheet: raw cells by column key."""

	number: int
	code: str
	cells: dict
	version: str = ""

	def base(self, order: list[str]) -> dict[str, str]:
		"""Fingerprints of the download by column key; nothing where the version is not whole."""
		if not order or len(self.version) != PRINT_LENGTH * len(order):
			return {}
		parts = [
			self.version[start : start + PRINT_LENGTH] for start in range(0, len(self.version), PRINT_LENGTH)
		]
		return dict(zip(order, parts, strict=True))


@dataclass
class Sheet:
	"""What was read: rows, the columns that were found, and headings that nobody knows."""

	rows: list[Row]
	columns: list[Column]
	unknown: list[str] = field(default_factory=list)
	order: list[str] = field(default_factory=list)
	repeated: list[str] = field(default_factory=list)


def read(data: bytes, file_name: str, columns: list[Column]) -> Sheet:
	"""Rows of an upload. Raises UnfitWorkbookError."""
	if file_name.lower().endswith(".csv"):
		package.check_size(data, "roll_max_file_mb")
		return _sheet(_text_rows(data), [], columns) or _no_headings()
	package.check_workbook(data)
	return _workbook(data, columns)


def _workbook(data: bytes, columns: list[Column]) -> Sheet:
	from openpyxl import load_workbook

	try:
		book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
		order = _order(book)
		for sheet in book.worksheets:
			if sheet.sheet_state == "visible" and (found := _sheet(_cells(sheet), order, columns)):
				return found
	except package.UnfitWorkbookError:
		raise
	except Exception:  # whatever a reader stumbles over in a damaged part
		package.refuse(_("The workbook cannot be read; save it anew and upload it again."))
	return _no_headings()


def _no_headings() -> NoReturn:
	package.refuse(
		_("No headings of the roll were found; the first row has to hold the Arabic names of the fields.")
	)


def _order(book) -> list[str]:
	"""Column keys of the row versions, from the hidden sheet of our own workbooks."""
	if BASE_SHEET not in book.sheetnames:
		return []
	rows = list(book[BASE_SHEET].iter_rows(max_row=2, max_col=MOST_COLUMNS, values_only=True))
	return [str(key) for key in rows[1] if key] if len(rows) == 2 and str(rows[0][0]) == FORMAT else []


def _cells(sheet) -> Iterator[tuple]:
	sheet.reset_dimensions()  # what the file says of its size is not believed
	return sheet.iter_rows(
		max_row=limit("roll_max_rows") + HEAD_WITHIN + 1, max_col=MOST_COLUMNS, values_only=True
	)


def _text_rows(data: bytes) -> Iterator[list]:
	try:
		text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
	except UnicodeDecodeError:
		text = data.decode("cp1256", errors="replace")
	first = text.partition("\n")[0]
	delimiter = max(",;\t", key=first.count)
	return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _sheet(rows: Iterator, order: list[str], columns: list[Column]) -> Sheet | None:
	"""None where the first rows hold no headings of a roll."""
	known: dict[str, Column] = {}
	for column in columns:
		known.setdefault(fold(column.heading), column)
	for column in columns:
		for heading in (*column.also, column.key):
			known.setdefault(fold(heading), column)
	keys = {
		fold(_(text, lang=language)): text for text in (*KEYS, REMARKS) for language in (None, "ar", "en")
	}
	for number, cells in enumerate(rows, 1):
		heads = [fold(tidy(cell)) if cell is not None else "" for cell in cells]
		if sum(head in known or head in keys for head in heads) >= LEAST_HEADINGS:
			return _below(rows, number, list(cells), heads, (known, keys), order)
		if number >= HEAD_WITHIN:
			return None
	return None


def _below(
	rows: Iterator, number: int, cells: list, heads: list[str], words: tuple[dict, dict], order: list[str]
) -> Sheet:
	"""Rows below the headings; `words` are the known headings of columns and of keys."""
	known, keys = words
	places, special, sheet = {}, {}, Sheet([], [], order=order)
	for place, head in enumerate(heads):
		if head in known and known[head].key not in places:
			places[known[head].key] = place
			sheet.columns.append(known[head])
		elif head in known:
			sheet.repeated.append(tidy(cells[place]))
		elif head in keys:
			special.setdefault(keys[head], place)
		elif head:
			sheet.unknown.append(tidy(cells[place])[:60])
	for at, row in enumerate(rows, number + 1):
		if read := _row(at, row, places, special):
			sheet.rows.append(read)
		if len(sheet.rows) > (most := limit("roll_max_rows")):
			sentence = _("The workbook has more than {0} rows; divide it.", context=plurals.form(most))
			package.refuse(sentence.format(most))
	return sheet


def _row(number: int, cells, places: dict[str, int], special: dict[str, int]) -> Row | None:
	"""None for a row in which nothing is written."""
	found = {key: cells[place] if place < len(cells) else None for key, place in places.items()}
	keys = {name: _key(cells, place) for name, place in special.items()}
	if not keys.get(CODE) and all(
		value is None or (isinstance(value, str) and not value.strip()) for value in found.values()
	):
		return None
	return Row(number, keys.get(CODE, ""), found, keys.get(VERSION, ""))


def _key(cells, place: int) -> str:
	value = cells[place] if place < len(cells) else None
	return tidy(value) if value is not None else ""
