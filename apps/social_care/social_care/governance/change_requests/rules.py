"""Which fields of a file are protected now: rows of Social Care Settings, by field or by level, effective at once."""

import frappe
from frappe.model import no_value_fields, table_fields
from frappe.model.document import Document

from social_care.registry.file_review import APPROVED, REVIEW_FIELDS
from social_care.registry.verification import CONFIRMED

ALWAYS, ONCE_APPROVED, ONCE_CONFIRMED = "Always", "Once Approved", "Once Identity Is Confirmed"
NEVER = {*REVIEW_FIELDS, "institution", "case_manager"}  # they have a way of their own
FILES = ("Attach", "Attach Image")


def all_rules() -> list[Document]:
	"""The rows as they are now."""
	return frappe.get_cached_doc("Social Care Settings").get("change_rules") or []


def protected(child: Document) -> dict[str, Document]:
	"""{field: its rule} of a stored file. A rule of the field goes before one of its level."""
	found: dict[str, Document] = {}
	rows = [rule for rule in all_rules() if _applies(rule, child)]
	for rule in sorted(rows, key=lambda row: bool(row.field)):
		found |= dict.fromkeys(fields_of(rule, child.meta), rule)
	return found


def fields_of(rule: Document, meta) -> list[str]:
	"""Plain fields that a rule names, or that stand at its level."""
	return [
		df.fieldname
		for df in meta.fields
		if may_be_asked(df)
		and (rule.field == df.fieldname if rule.field else str(df.permlevel or 0) == rule.level)
	]


def may_be_asked(df) -> bool:
	"""Whether a field holds one plain value that somebody enters."""
	kinds = (*no_value_fields, *table_fields, *FILES)
	return not (df.fieldtype in kinds or df.read_only or df.get("is_virtual") or df.fieldname in NEVER)


def _applies(rule: Document, child: Document) -> bool:
	if rule.applies == ALWAYS:
		return True
	if rule.applies == ONCE_APPROVED:
		return bool(child.approved_on) or child.file_state == APPROVED
	return bool(child.person) and frappe.db.get_value("Person", child.person, "identity_state") == CONFIRMED
