"""What a service has shown besides the records that its request names: told by it, written with the request's other readings."""

from collections.abc import Iterable

import frappe
from frappe.model.document import Document

from social_care.reading.subjects import existing, personal

NOTES = "social_care_readings"
PRINTED = "social_care_printed"


def note(doctype: str, names: Iterable[str], channel: str, about: str = "") -> None:
	"""Records of a type that the answer under way shows; `about` names the print, report or file."""
	found = [name for name in names if name]
	if found and personal(doctype):
		pending().append((doctype, found, channel, about))


def pending() -> list[tuple[str, list[str], str, str]]:
	if getattr(frappe.local, NOTES, None) is None:
		setattr(frappe.local, NOTES, [])
	return getattr(frappe.local, NOTES)


def note_printed(doc: Document, _event: str = "", _settings: dict | None = None) -> None:
	"""`before_print` of every record: what a print shows, whatever its request names."""
	if not doc.get("__islocal") and doc.name and personal(doc.doctype):
		_printed().append((doc.doctype, doc.name))


def take_printed() -> list[tuple[str, str]]:
	"""Records printed within the reader's reach, each once."""
	found = dict.fromkeys(_printed())
	setattr(frappe.local, PRINTED, None)
	kinds, names = ({pair[at] for pair in found} for at in (0, 1))
	return [pair for pair in existing(sorted(kinds), sorted(names)) if pair in found]


def _printed() -> list[tuple[str, str]]:
	if getattr(frappe.local, PRINTED, None) is None:
		setattr(frappe.local, PRINTED, [])
	return getattr(frappe.local, PRINTED)


def take() -> list[tuple[str, list[str], str, str]]:
	"""What is noted, once."""
	found = pending()
	setattr(frappe.local, NOTES, None)
	return found


def note_report(report_name: str, answer: dict, channel: str) -> None:
	"""The children whom the rows of a report name, by its columns that link to personal records."""
	rows = answer.get("result") or []
	for index, column in enumerate(answer.get("columns") or []):
		if not isinstance(column, dict) or column.get("fieldtype") != "Link" or not _is_personal(column):
			continue
		key = column.get("fieldname")
		cells = (
			row.get(key) if isinstance(row, dict) else (row[index] if index < len(row) else None)
			for row in rows
			if isinstance(row, dict | list | tuple)
		)
		note(column["options"], dict.fromkeys(filter(None, cells)), channel, report_name)


def _is_personal(column: dict) -> bool:
	doctype = column.get("options")
	return bool(doctype) and bool(frappe.db.exists("DocType", doctype, cache=True)) and personal(doctype)
