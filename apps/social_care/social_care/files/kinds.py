"""The kind of a file, told by its content: the ending of its name only says what the content has to be."""

import io
import zipfile
from collections.abc import Callable

import filetype
import frappe
from frappe import _

from social_care.files import pictures
from social_care.files.errors import UnfitFileError
from social_care.files.pdf import is_pdf

MAX_UNPACKED = 300 * 1024 * 1024
MAX_ENTRIES = 10_000
# Parts of office files that hold programs.
PROGRAMS = ("vbaproject.bin", "macrosheets/", "activex/", "basic/", "scripts/")
MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<head", b"<body")


def check(file_name: str, data: bytes) -> None:
	"""Refuse a file whose ending is not allowed, or whose content is not what the ending says."""
	kind = ending(file_name)
	if kind not in allowed():
		refuse(
			_("Files of this kind are not accepted. Accepted kinds: {0}").format(", ".join(sorted(allowed())))
		)
	if not TESTS.get(kind, _known_to_the_library(kind))(data):
		refuse(
			_(
				"The content of the file is not what the ending of its name says, or it holds a program. Save it again in its own format and upload it."
			)
		)


def check_upload() -> None:
	"""Look at the file of an upload before anything else opens it."""
	upload = frappe.request.files.get("file")
	if upload:
		check(upload.filename or "", upload.stream.read())
		upload.stream.seek(0)


def check_archive(data: bytes) -> None:
	"""Refuse an archive that would unpack to more than can be handled."""
	if not is_archive(data):
		refuse(_("The archive is damaged or too large."))


def ending(file_name: str) -> str:
	"""The ending in small letters, without its dot."""
	return file_name.rpartition(".")[2].strip().lower() if "." in file_name else ""


def allowed() -> set[str]:
	"""Endings that the administrators allow: ours, and where the framework has such a setting, only those of both."""
	ours = _endings(frappe.get_cached_doc("Upload Settings").allowed_file_extensions)
	theirs = _endings(frappe.get_system_settings("allowed_file_extensions"))
	return ours & theirs if theirs else ours


def _endings(text: str | None) -> set[str]:
	return {
		word.strip(" .").lower() for word in (text or "").replace(",", "\n").splitlines() if word.strip(" .")
	}


def refuse(message: str) -> None:
	frappe.throw(message, UnfitFileError, title=_("Attachment"))


def is_text(data: bytes) -> bool:
	"""Plain text in an encoding that Arabic offices use: no control characters and no page."""
	encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
	try:
		text = data.decode(encoding)
	except UnicodeDecodeError:
		text = data.decode("cp1256", errors="replace")
	if any(ord(char) < 32 and char not in "\t\r\n\f" for char in text):
		return False
	return not text.lstrip().encode()[:20].lower().startswith(MARKUP) and filetype.guess(data) is None


def is_archive(data: bytes) -> bool:
	return _entries(data) is not None


def office_open(folder: str) -> Callable[[bytes], bool]:
	"""Test for a document, sheet or slides of Office Open XML without programs."""

	def test(data: bytes) -> bool:
		names = _entries(data)
		if names is None or "[content_types].xml" not in names or _has_program(names):
			return False
		return any(name.startswith(folder) for name in names) and b"macroenabled" not in _entry(
			data, "[Content_Types].xml"
		)

	return test


def open_document(kind: str) -> Callable[[bytes], bool]:
	"""Test for an OpenDocument file of a kind without programs."""

	def test(data: bytes) -> bool:
		names = _entries(data)
		if names is None or "mimetype" not in names or _has_program(names):
			return False
		return _entry(data, "mimetype").strip() == f"application/vnd.oasis.opendocument.{kind}".encode()

	return test


def _has_program(names: list[str]) -> bool:
	return any(part in name for name in names for part in PROGRAMS)


def _entries(data: bytes) -> list[str] | None:
	"""Names in an archive in small letters; None for no archive, a dangerous one or one that unpacks to too much."""
	if not data.startswith(b"PK\x03\x04"):
		return None
	try:
		with zipfile.ZipFile(io.BytesIO(data)) as archive:
			entries = archive.infolist()
	except (zipfile.BadZipFile, ValueError, OSError):
		return None
	names = [entry.filename.lower() for entry in entries]
	outside = any(name.startswith(("/", "\\")) or ".." in name for name in names)
	too_much = len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED
	return None if outside or too_much else names


def _entry(data: bytes, name: str) -> bytes:
	try:
		with zipfile.ZipFile(io.BytesIO(data)) as archive:
			return archive.read(name).lower()
	except (KeyError, zipfile.BadZipFile, RuntimeError, OSError):
		return b""


def _known_to_the_library(kind: str) -> Callable[[bytes], bool]:
	def test(data: bytes) -> bool:
		found = filetype.guess(data)
		return found is not None and found.extension == kind

	return test


TESTS: dict[str, Callable[[bytes], bool]] = {
	"pdf": is_pdf,
	"jpg": pictures.test("JPEG"),
	"jpeg": pictures.test("JPEG"),
	"png": pictures.test("PNG"),
	"webp": pictures.test("WEBP"),
	"docx": office_open("word/"),
	"xlsx": office_open("xl/"),
	"pptx": office_open("ppt/"),
	"odt": open_document("text"),
	"ods": open_document("spreadsheet"),
	"csv": is_text,
	"txt": is_text,
	"zip": is_archive,
}
