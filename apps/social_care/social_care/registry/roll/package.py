"""What an uploaded workbook or archive may be, looked at before any reader opens it: size, parts, declarations."""

import io
import re
import zipfile
from typing import NoReturn

import frappe
from frappe import _

from social_care.files import kinds
from social_care.registry.roll.limits import limit, megabytes

DECLARATION = re.compile(rb"<!\s*(doctype|entity)", re.IGNORECASE)
# Parts that lead out of the workbook or hold other files and programs.
FOREIGN = (
	"xl/externallinks/",
	"xl/embeddings/",
	"xl/connections",
	"xl/querytables/",
	"xl/activex",
	"xl/ctrlprops/",
	"xl/model/",
)
MOST_RATIO = 200  # a part of a real workbook packs 5 to 60 times
SMALL = 1024 * 1024


class UnfitWorkbookError(frappe.ValidationError):
	"""An upload that is not opened at all."""


def check_size(data: bytes, field: str) -> None:
	"""Refuse an empty file, or one above the megabytes of a setting."""
	if not data:
		refuse(_("The file is empty."))
	if len(data) > megabytes(field):
		refuse(_("The file is larger than {0} MB.").format(limit(field)))


def check_workbook(data: bytes) -> None:
	"""Refuse what is no plain workbook. Raises UnfitWorkbookError with a sentence for the user."""
	check_size(data, "roll_max_file_mb")
	if data.startswith(b"\xd0\xcf\x11\xe0"):
		refuse(
			_("The workbook is in an old format or has a password; save it as a workbook without password.")
		)
	if not kinds.TESTS["xlsx"](data):
		refuse(
			_(
				"The file is not a workbook, or it holds a program. Save it as an ordinary workbook and upload it again."
			)
		)
	with open_archive(data) as archive:
		check_entries(archive, megabytes("roll_max_unpacked_mb"))
		for entry in archive.infolist():
			_check_part(archive, entry)


def open_archive(data: bytes) -> zipfile.ZipFile:
	"""The archive. Raises UnfitWorkbookError where it is none."""
	try:
		return zipfile.ZipFile(io.BytesIO(data))
	except (zipfile.BadZipFile, ValueError, OSError):
		refuse(_("The archive is damaged or too large."))


def check_entries(archive: zipfile.ZipFile, most_bytes: int) -> None:
	"""Refuse what unpacks to too much, names a part twice, is encrypted, or leads out of the archive."""
	entries = archive.infolist()
	names = [entry.filename for entry in entries]
	if len(set(names)) != len(names) or any(entry.flag_bits & 1 for entry in entries):
		refuse(_("The archive is damaged or too large."))
	if sum(entry.file_size for entry in entries) > most_bytes or any(_is_bomb(entry) for entry in entries):
		refuse(_("The archive is damaged or too large."))
	if any(
		name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name
		for name in names
	):
		refuse(_("The archive holds names that lead out of it."))


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
	return entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
	name = entry.filename.lower()
	if name.startswith(FOREIGN):
		refuse(
			_("The workbook leads to other files; remove its links and embedded objects and upload it again.")
		)
	if not name.endswith((".xml", ".rels", ".vml")):
		return
	try:
		content = archive.read(entry)
	except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, NotImplementedError, ValueError):
		refuse(_("The archive is damaged or too large."))
	if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:64] or DECLARATION.search(content):
		refuse(_("The workbook holds declarations that are not accepted; save it anew and upload it again."))
	if name.endswith(".rels") and b'targetmode="external"' in content.lower():
		refuse(
			_("The workbook leads to other files; remove its links and embedded objects and upload it again.")
		)


def refuse(message: str) -> NoReturn:
	frappe.throw(message, UnfitWorkbookError, title=_("Upload"))
