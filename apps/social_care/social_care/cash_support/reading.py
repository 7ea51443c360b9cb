"""A file as rows of raw cells, streamed: how it is to be read is found once and kept, so that reading goes on anywhere."""

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import islice
from operator import itemgetter, methodcaller
from pathlib import Path

from frappe import _

from social_care.cash_support import workbooks
from social_care.cash_support.lists import REJECTED_KEY, Row, columns, known_headings
from social_care.registry.arabic import normalise
from social_care.registry.roll import package
from social_care.registry.roll.cells import tidy
from social_care.registry.roll.limits import limit, megabytes

ENDINGS = (".xlsx", ".csv", ".txt")
HEAD_WITHIN = 15  # rows in which the headings are looked for
LEAST_HEADINGS = 2
MOST_IN_CELL = 10_000  # signs
WITHOUT_NUL = methodcaller("replace", "\0", "")
NOTHING = frozenset((None, ""))
BLOCK = 1024 * 1024


@dataclass
class Layout:
	"""How a file is to be read."""

	places: dict[str, int] = field(default_factory=dict)
	head: int = 0
	encoding: str = ""
	delimiter: str = ""
	sheet: str = ""
	unknown: list[str] = field(default_factory=list)
	rows: int = 0  # about so many, for the progress shown

	def text(self) -> str:
		"""As it is kept with the batch."""
		return json.dumps(asdict(self), ensure_ascii=False)


def parsed(text: str) -> Layout:
	"""A layout that was kept."""
	return Layout(**json.loads(text))


def examine(path: Path, contents: str) -> Layout:
	"""Find encoding, delimiter, sheet and headings. Raises UnfitWorkbookError with a sentence for the user."""
	layout = found_layout(path, known_headings(contents))
	missing = [
		column.heading for column in columns(contents) if column.required and column.key not in layout.places
	]
	if missing:
		package.refuse(_("Columns are missing that are needed: {0}").format("، ".join(missing)))
	return layout


def found_layout(path: Path, known: dict[str, str]) -> Layout:
	"""The same with keys by folded heading, whatever columns the file lacks. Raises UnfitWorkbookError."""
	size = path.stat().st_size
	if not size:
		package.refuse(_("The file is empty."))
	if size > megabytes("list_max_file_mb"):
		package.refuse(_("The file is larger than {0} MB.").format(limit("list_max_file_mb")))
	layout = _workbook(path, known) if path.suffix == ".xlsx" else _text_table(path, known)
	return layout or package.refuse(
		_("The headings of the list were not found in the first rows of the file.")
	)


def headings(path: Path, layout: Layout) -> list[str]:
	"""Every heading as written, by its place; "" where a column has none."""
	with _lines(path, layout) as lines:
		return _heads(next(islice(lines, layout.head - 1, None), ()))


class UnreadableError(Exception):
	"""The file is damaged further down than was looked at."""


def rows(path: Path, layout: Layout, after: int = 0) -> Iterator[Row]:
	"""Rows below the headings whose number is greater than `after`; rows in which nothing is written are left out.

	Raises UnreadableError, whatever a reader stumbles over.
	"""
	try:
		yield from _rows(path, layout, after)
	except Exception as error:
		raise UnreadableError from error


def _rows(path: Path, layout: Layout, after: int) -> Iterator[Row]:
	start, places = max(layout.head, after), layout.places
	width, chosen = max(places.values()) + 1, itemgetter(*places.values())
	with _lines(path, layout) as lines:
		for number, cells in enumerate(islice(lines, start, None), start + 1):
			if len(cells) >= width:
				found = dict(zip(places, chosen(cells), strict=True))
			else:  # a line may end before the last column
				found = {key: cells[place] for key, place in places.items() if place < len(cells)}
			corrects = found.pop(REJECTED_KEY, None)
			if not NOTHING.issuperset(found.values()):
				yield Row(number, found, corrects=str(corrects or "").strip())


@contextmanager
def _lines(path: Path, layout: Layout) -> Iterator[Iterator]:
	if layout.sheet:
		with workbooks.opened(path) as book:
			yield workbooks.lines(book[layout.sheet])
	else:
		csv.field_size_limit(MOST_IN_CELL)
		with path.open(encoding=layout.encoding, errors="replace", newline="") as source:
			yield csv.reader(map(WITHOUT_NUL, source), delimiter=layout.delimiter)


def _text_table(path: Path, known: dict[str, str]) -> Layout | None:
	encoding, count = _encoding(path)
	with path.open(encoding=encoding, errors="replace", newline="") as source:
		first = "".join(source.readline(MOST_IN_CELL) for _line in range(HEAD_WITHIN))
	layout = Layout(encoding=encoding, delimiter=max(",;\t|", key=first.count), rows=count)
	with _lines(path, layout) as lines:
		return layout if _find_head(lines, known, layout) else None


def _encoding(path: Path) -> tuple[str, int]:
	"""UTF-16 by its mark, UTF-8 where all bytes are that, else the Arabic code page of Windows; and the number of lines."""
	with path.open("rb") as source:
		wide = source.read(2) in workbooks.WIDE_MARKS
		count = sum(block.count(b"\n") for block in iter(lambda: source.read(BLOCK), b""))
	if wide:
		return "utf-16", count
	try:
		with path.open(encoding="utf-8-sig", newline="") as text:
			while text.read(BLOCK):
				pass
	except UnicodeDecodeError:
		return "cp1256", count
	return "utf-8-sig", count


def _workbook(path: Path, known: dict[str, str]) -> Layout | None:
	workbooks.check(path)
	try:
		with workbooks.opened(path) as book:
			for sheet in book.worksheets:
				layout = Layout(sheet=sheet.title, rows=sheet.max_row or 0)
				if sheet.sheet_state == "visible" and _find_head(workbooks.lines(sheet), known, layout):
					return layout
	except package.UnfitWorkbookError:
		raise
	except Exception:  # whatever a reader stumbles over in a damaged part
		package.refuse(_("The workbook cannot be read; save it anew and upload it again."))
	return None


def _heads(cells: Sequence) -> list[str]:
	return [tidy(cell)[:100] if cell is not None else "" for cell in cells]


def _find_head(lines: Iterator, known: dict[str, str], layout: Layout) -> bool:
	"""Fill in the row of the headings and the places of the columns; False where the first rows hold none."""
	for number, cells in enumerate(islice(lines, HEAD_WITHIN), 1):
		heads = _heads(cells)
		keys = [known.get(normalise(head)) for head in heads]
		if len({key for key in keys if key}) < LEAST_HEADINGS:
			continue
		layout.head = number
		for place, key in enumerate(keys):
			if key:
				layout.places.setdefault(key, place)
			elif heads[place]:
				layout.unknown.append(heads[place][:60])
		return True
	return False
