"""Who is told of a value: beside its place, whoever may read the fields that it looks at."""

import frappe
from frappe.model.document import Document

from social_care import compat
from social_care.registry.levels import read_levels


def get_permission_query_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Values at the reader's levels; the place is decided for all DocTypes by `social_care.permissions`."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	return f"`tabIndicator Value`.`level` in ({', '.join(map(str, sorted(levels(user))))})"


def has_permission(
	doc: Document, ptype: str | None = None, user: str | None = None, debug: bool = False
) -> bool | None:
	"""The same of one row. The type itself, where no row is asked for yet, is decided by roles."""
	user = user or frappe.session.user
	if user == "Administrator" or doc.get("level") is None:
		return compat.allow()
	return compat.allow() if int(doc.level) in levels(user) else False


def levels(user: str | None = None) -> set[int]:
	"""Levels whose numbers are told whole; of a file nobody reads, only what any figure may tell."""
	return read_levels("Child", user) if frappe.has_permission("Child", "read", user=user) else {0}
