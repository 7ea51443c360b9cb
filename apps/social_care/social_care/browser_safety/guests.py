"""What the framework gives to everybody on the web, and this system does not."""

import frappe

from social_care.compat import allow


def has_permission(doc, ptype: str | None = None, user: str | None = None) -> bool | None:
	"""A row for users of the system: guests have no part in it."""
	return False if (user or frappe.session.user) == "Guest" else allow()


def get_permission_query_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""No row for guests."""
	return "1=0" if (user or frappe.session.user) == "Guest" else ""
