"""Notices of the desk about what happens at a place: who gets one, and the one way to write it.

They hold numbers and codes of records, never a child's name.
"""

from collections.abc import Iterable

import frappe
from frappe.query_builder import DocType
from frappe.utils import nowdate

from social_care.organisation.grants import UNIT


def responsible(unit: str | None, roles: tuple[str, ...]) -> list[str]:
	"""Users who hold one of the roles today over a unit.

	Only over the whole of it: whoever has assigned cases there may not open what a notice about another child names.
	"""
	bounds = frappe.db.get_value("Org Unit", unit, ["lft", "rgt"]) if unit else None
	if not bounds:
		return []
	assignment, place = DocType("Staff Assignment"), DocType("Org Unit")
	query = frappe.qb.from_(assignment).join(place).on(place.name == assignment.org_unit)
	query = query.select(assignment.user).distinct().orderby(assignment.user)
	query = query.where(assignment.role.isin(roles) & (assignment.scope == UNIT))
	query = query.where((place.lft <= bounds[0]) & (place.rgt >= bounds[1]))
	return [row[0] for row in valid_today(query, assignment).run()]


def valid_today(query, assignment):
	"""A query over Staff Assignments, limited to those that count today."""
	today = nowdate()
	return query.where(assignment.valid_from <= today).where(
		assignment.valid_to.isnull() | (assignment.valid_to >= today)
	)


def notify(users: Iterable[str], sentence: str, doctype: str | None = None, name: str | None = None) -> None:
	"""One notice for each user; whoever may not see the record gets none (ScopedNotificationLog)."""
	notice = {"doctype": "Notification Log", "type": "Alert", "subject": sentence}
	notice |= {"document_type": doctype, "document_name": name, "from_user": frappe.session.user}
	for user in users:
		# a row of the receiver, made by the system
		frappe.get_doc(notice | {"for_user": user}).insert(ignore_permissions=True)
