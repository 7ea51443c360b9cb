"""The state of a person: written by answers and decisions alone, and gone when what was confirmed is changed."""

import frappe
from frappe import _
from frappe.model.document import Document

from social_care import system_fields
from social_care.registry.changes import differs
from social_care.registry.levels import field_readable
from social_care.registry.verification import DIFFERENCE, NOT_ASKED, WATCHED

COLUMNS = ("identity_state", "identity_state_on", "identity_source")
UNKNOWN = {"identity_state": NOT_ASKED, "identity_state_on": None, "identity_source": None}
UNDECIDED = ("Not Yet Decided", "Proposed")


def follow(person: Document) -> None:
	"""A step of Person's validate: keep the state, or take it back because a value that was asked about is another one."""
	system_fields.keep(person, COLUMNS)
	before = person.get_doc_before_save()
	if before and not person.flags.batch:  # an answer may have come since the record was read
		stored = frappe.db.get_value("Person", person.name, COLUMNS, as_dict=True, for_update=True)
		person.update(stored or {})
	asked = before and (person.identity_state or NOT_ASKED) != NOT_ASKED
	person.flags.identity_changed = bool(asked) and any(differs(person, before, field) for field in WATCHED)
	if person.flags.identity_changed:
		person.update(UNKNOWN)


def void_differences(person: Document) -> None:
	"""After a change by other means than a decision, what differed is not to be decided any more."""
	if person.flags.identity_changed and not is_decision(person):
		undecided = {"person": person.name, "state": ["in", UNDECIDED]}
		frappe.db.set_value(DIFFERENCE, undecided, "state", "Void", update_modified=False)


def is_decision(doc: Document) -> bool:
	"""Whether the save carries out a decision on a difference."""
	return (doc.flags.updater_reference or {}).get("doctype") == DIFFERENCE


def after_merge(values: dict, before: dict) -> dict:
	"""Columns that a merge writes besides: the state of the record that stays counts for its own values only."""
	changed = any(field in values and values[field] != before.get(field) for field in WATCHED)
	return dict(UNKNOWN) if changed else {}


def shown(person: str | None) -> dict[str, str]:
	"""For the form of a file: {"state", "on", "source"} as the reader is told; nothing below the level of the number."""
	if not person or not field_readable("Person", "identity_state"):
		return {}
	state, day, source = frappe.db.get_value("Person", person, COLUMNS) or (None, None, None)
	name = frappe.get_cached_value("Identity Source", source, "source_name") if source else ""
	return {"state": _(state or NOT_ASKED), "on": str(day or ""), "source": name or ""}
