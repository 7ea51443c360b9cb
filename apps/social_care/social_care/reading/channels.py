"""By which channel something was read: `setup/data/reading_channels.csv`, and records over REST."""

import hashlib
from functools import cache

import frappe
from frappe.utils import cint

from social_care.api.guards.request import RECORD_PATHS, parsed, record_path
from social_care.setup.tables import table

FILES = "/private/files"
LIST, SEARCH, REST, FORM, PRINT, FILE, SAVE, PART, OTHER = (
	"List",
	"Search",
	"REST",
	"Form",
	"Print",
	"File",
	"Save",
	"Part of File",
	"Other",
)
NOTHING = "-"  # in the table: the answer shows nothing of a record
EXPORT = "Export"
MANY = {LIST, SEARCH, EXPORT}
# What belongs to the opening of a file: within some minutes it counts as one reading.
PARTS = {FILE, PART, OTHER}
KEPT = "social_care_read"


@cache
def known() -> dict[str, dict[str, str]]:
	"""Endpoints of the table: channel, and the argument that names the print."""
	return {row["endpoint"]: row for row in table("reading_channels")}


def of(name: str, method: str) -> str:
	"""The channel of an endpoint; «Other» for one that is not in the table."""
	if row := known().get(name):
		return row["channel"]
	if name.startswith(RECORD_PATHS):
		return REST if method in ("GET", "HEAD") or record_path(name)[2] else SAVE
	return OTHER


def about(name: str, arguments: dict) -> str:
	"""The print that was asked for."""
	key = (known().get(name) or {}).get("about")
	value = parsed(arguments.get(key)) if key else ""
	return value if isinstance(value, str) else ""


def prints_a_record(name: str) -> bool:
	"""Whether the endpoint prints records by a print format (and no report)."""
	row = known().get(name) or {}
	return row.get("channel") == PRINT and bool(row.get("about"))


def record_type(name: str) -> str:
	"""The type of the rows that an endpoint lists without being told it."""
	return (known().get(name) or {}).get("record_type") or ""


def plain(name: str) -> str:
	"""An endpoint without the name of a record in it."""
	if not name.startswith(RECORD_PATHS):
		return name
	prefix = next(start for start in RECORD_PATHS if name.startswith(start))
	return prefix + record_path(name)[0]


def _key(doctype: str, name: str, of_parts: bool) -> str:
	text = "\n".join((str(frappe.session.sid), doctype, name))
	return f"{KEPT}:{'file' if of_parts else 'record'}:{hashlib.sha256(text.encode()).hexdigest()}"


def not_yet_noted(found, channel: str):
	"""Without the records of which this session has had a row within the last minutes; a stored file has rows of its own."""
	kept = [
		(doctype, name)
		for doctype, name in found.records
		if not frappe.cache.get_value(_key(doctype, found.file or name, channel == FILE), expires=True)
	]
	return type(found)(kept, found.file, found.doctypes)


def remember(readings: list) -> None:
	"""What parts that follow are parts of; rows of lists are no opened records."""
	readings = [reading for reading in readings if reading.record_name and reading.channel not in MANY]
	seconds = cint(frappe.get_cached_doc("Reading Control Settings").parts_minutes) * 60
	for reading in readings[:20] if seconds else []:
		of_file = reading.channel == FILE
		key = _key(reading.record_type, (reading.about if of_file else "") or reading.record_name, of_file)
		frappe.cache.set_value(key, 1, expires_in_sec=seconds)
