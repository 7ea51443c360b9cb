"""Field levels that would spread from one place to another.

The framework gives the levels of protected fields to a user, not to a place: who reads level 3 in one institution
reads it in every file he may open. So two assignments of one person go together only where no level spreads to files
that the role given there does not open so far; otherwise the person needs a second account.
"""

import frappe

from social_care.organisation.grants import CASES

UNIT_FIELDS = ("lft", "rgt")


def spreading(assignment, others: list) -> str | None:
	"""Name of the assignment whose levels would spread by giving `assignment` to the same person; None if none does."""
	for other in others:
		for doctype in leveled_doctypes():
			ours, theirs = levels(assignment.role, doctype), levels(other.role, doctype)
			if ours is None or theirs is None or ours == theirs:
				continue
			if (theirs - ours and not within(assignment, other)) or (
				ours - theirs and not within(other, assignment)
			):
				return other.name
	return None


def leveled_doctypes() -> list[str]:
	"""DocTypes with permission rows above level 0 for a role that assignments give."""
	above = {"permlevel": [">", 0], "read": 1}
	return sorted(
		{
			row
			for table in ("DocPerm", "Custom DocPerm")
			for row in frappe.get_all(table, above, pluck="parent")
		}
	)


def levels(role: str, doctype: str) -> frozenset[int] | None:
	"""Levels of the DocType that a role reads; None where it opens no row at all."""
	found = {row.permlevel for row in frappe.get_meta(doctype).permissions if row.role == role and row.read}
	return frozenset(found) if 0 in found else None


def within(inner, outer) -> bool:
	"""Whether every row of the inner place belongs to the outer one."""
	if outer.scope == CASES:
		return False
	if outer.institution:
		return inner.institution == outer.institution
	unit = inner.org_unit or frappe.db.get_value("Institution", inner.institution, "org_unit")
	low, high = frappe.db.get_value("Org Unit", outer.org_unit, UNIT_FIELDS) or (1, 0)
	left, right = frappe.db.get_value("Org Unit", unit, UNIT_FIELDS) or (0, 0)
	return bool(low <= left and right <= high)
