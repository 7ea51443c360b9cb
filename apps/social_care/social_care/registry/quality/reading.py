"""Who is told of a fault: beside the place of the record, whoever may read the fields that its rule looks at."""

import frappe
from frappe.model.document import Document

from social_care import compat
from social_care.registry.levels import read_levels
from social_care.registry.quality.records import record_types
from social_care.scope import NOTHING, escape


def get_permission_query_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Faults of fields at the reader's levels; the place is decided for all DocTypes by `social_care.permissions`."""
	return _at_levels("Data Quality Fault", user)


def get_condition_of_corrections(user: str | None = None, doctype: str | None = None) -> str:
	"""The same of faults that are over."""
	return _at_levels("Correction Log", user)


def get_condition_of_requests(user: str | None = None, doctype: str | None = None) -> str:
	"""The same of requests for a change."""
	return _at_levels("Change Request", user)


def _at_levels(table: str, user: str | None) -> str:
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	parts = [
		f"(`tab{table}`.`record_type` = {escape(record_type)}"
		f" and `tab{table}`.`level` in ({', '.join(str(level) for level in sorted(read_levels(record_type, user)))}))"
		for record_type in record_types()
		if frappe.has_permission(record_type, "read", user=user)
	]
	return f"({' or '.join(parts)})" if parts else NOTHING


def has_permission(
	doc: Document, ptype: str | None = None, user: str | None = None, debug: bool = False
) -> bool | None:
	"""The same of one row. The type itself, where no row is asked for yet, is decided by roles."""
	user = user or frappe.session.user
	if user == "Administrator" or not doc.get("record_type"):
		return compat.allow()
	readable = frappe.has_permission(doc.record_type, "read", user=user)
	return compat.allow() if readable and int(doc.level or 0) in read_levels(doc.record_type, user) else False
