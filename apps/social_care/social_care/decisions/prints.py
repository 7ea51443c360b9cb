"""The minutes of a meeting and a circular, as official prints."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, format_datetime

from social_care.prints.digits import in_digits
from social_care.prints.sheet import sheet, speak_arabic

MEETING = ("subject", "held_on", "ended_on", "mode", "meeting_place", "chair", "approved_on")
LETTER = ("circular_number", "circular_date", "replaces", "published_on")
TABLES = {
	"agenda": ("item", "presenter"),
	"attendees": ("attendee_name", "attendee_position", "attendance"),
	"decisions": ("decision_text", "org_unit", "due_on"),
}
WRITTEN = {"Date": format_date, "Datetime": format_datetime}


def minutes(meeting: Document) -> dict:
	"""Everything the minutes show: {sheet, facts, tables, discussion, signatures}."""
	speak_arabic()
	shown = {
		"facts": facts(meeting, MEETING),
		"tables": [table(meeting, name) for name in TABLES if meeting.get(name)],
		"discussion": meeting.discussion,
		"signatures": [_("Secretary of the Meeting"), _("Chair of the Meeting"), _("Seal")],
	}
	return shown | {"sheet": head(meeting, "Minutes of a Meeting", _("Minutes of a Meeting"), shown)}


def circular(letter: Document) -> dict:
	"""Everything the letter shows: {sheet, facts, body, signatures}."""
	speak_arabic()
	shown = {
		"facts": facts(letter, LETTER),
		"body": letter.body,
		"signatures": [_("Head of the Issuing Unit"), _("Seal")],
	}
	return shown | {"sheet": head(letter, "Circular Letter", _("Circular"), shown)}


def head(doc: Document, kind: str, title: str, shown: dict) -> dict:
	return sheet(kind, title, shown, doc.org_unit, "", _("Code") + f": {doc.name}")


def facts(doc: Document, fields: tuple[str, ...]) -> list[dict]:
	known = [doc.meta.get_field(field) for field in fields]
	return [{"label": _(df.label), "value": value(doc, df)} for df in known if doc.get(df.fieldname)]


def table(doc: Document, name: str) -> dict:
	"""A table of the record with the columns that are printed."""
	rows = doc.get(name)
	columns = [rows[0].meta.get_field(field) for field in TABLES[name]]
	return {
		"title": _(doc.meta.get_label(name)),
		"columns": [_(df.label) for df in columns],
		"rows": [[value(row, df) for df in columns] for row in rows],
	}


def value(row: Document, df) -> str:
	"""A value as it is written in Arabic; a unit by its name."""
	found = row.get(df.fieldname)
	if not found:
		return ""
	if df.options == "Org Unit":
		return frappe.db.get_value("Org Unit", found, "unit_name") or ""
	if df.fieldtype == "Select":
		return _(found)
	return in_digits(WRITTEN.get(df.fieldtype, str)(found))
