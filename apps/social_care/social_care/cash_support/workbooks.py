"""Large workbooks, read row by row: looked at before they are opened, and never held in memory as a whole."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from frappe import _

from social_care.files import kinds
from social_care.registry.roll import package
from social_care.registry.roll.limits import megabytes

MOST_COLUMNS = 100
BLOCK = 1024 * 1024
OLD_FORMAT = b"\xd0\xcf\x11\xe0"
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
DAMAGED = (zipfile.BadZipFile, ValueError, OSError, RuntimeError, EOFError, NotImplementedError)


@contextmanager
def opened(path: Path) -> Iterator:
	"""The workbook, for reading row by row."""
	from openpyxl import load_workbook

	book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
	try:
		yield book
	finally:
		book.close()


def lines(sheet) -> Iterator[tuple]:
	"""Rows of values; what the file says of its size is not believed."""
	sheet.reset_dimensions()
	return sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)


def check(path: Path) -> None:
	"""Refuse what is no plain workbook. Raises UnfitWorkbookError with a sentence for the user."""
	with path.open("rb") as source:
		if source.read(4) == OLD_FORMAT:
			package.refuse(
				_(
					"The workbook is in an old format or has a password; save it as a workbook without password."
				)
			)
	try:
		with zipfile.ZipFile(path) as archive:
			_check_archive(archive)
	except DAMAGED:
		package.refuse(_("The archive is damaged or too large."))


def _check_archive(archive: zipfile.ZipFile) -> None:
	package.check_entries(archive, megabytes("list_max_unpacked_mb"))
	names = [name.lower() for name in archive.namelist()]
	if "xl/workbook.xml" not in names or any(part in name for name in names for part in kinds.PROGRAMS):
		package.refuse(
			_(
				"The file is not a workbook, or it holds a program. Save it as an ordinary workbook and upload it again."
			)
		)
	for entry in archive.infolist():
		_check_part(archive, entry)


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
	"""A declaration stands before the root of a part, so the beginning of a part is enough."""
	name = entry.filename.lower()
	content = b""
	if name.endswith((".xml", ".rels", ".vml")):
		with archive.open(entry) as part:
			content = part.read(BLOCK)
	if content[:2] in WIDE_MARKS or b"\0" in content[:64] or package.DECLARATION.search(content):
		package.refuse(
			_("The workbook holds declarations that are not accepted; save it anew and upload it again.")
		)
	leads_out = name.endswith(".rels") and b'targetmode="external"' in content.lower()
	if leads_out or name.startswith(package.FOREIGN):
		package.refuse(
			_("The workbook leads to other files; remove its links and embedded objects and upload it again.")
		)
