"""Which unit handles a complaint: the one that supervises what is complained of; above an office that is itself complained of."""

import frappe
from social_care.registry.notices import valid_today


def handling_unit(institution: str | None, governorate: str | None, against: str | None) -> str | None:
	"""The unit of the institution, or the governorate's directorate; above the office that the complaint is against, too."""
	unit = (
		frappe.db.get_value("Institution", institution, "org_unit")
		if institution
		else directorate(governorate)
	)
	if not against:
		return unit
	over = frappe.db.get_value("Org Unit", against, "parent_org_unit") or against
	if not institution:
		return over
	return over if is_at_or_below(unit, over) or not is_at_or_below(over, unit) else unit


def directorate(governorate: str | None) -> str | None:
	"""The governorate's directorate; headquarters where it has none."""
	found = frappe.db.get_value(
		"Org Unit", {"governorate": governorate, "level": "Directorate"}, "name", order_by="lft asc"
	)
	return found or frappe.db.get_value("Org Unit", {"level": "Headquarters"}, "name", order_by="lft asc")


def is_at_or_below(unit: str, over: str) -> bool:
	low, high = frappe.db.get_value("Org Unit", over, ["lft", "rgt"])
	own = frappe.db.get_value("Org Unit", unit, ["lft", "rgt"])
	return low <= own[0] and own[1] <= high


def works_in(user: str, unit: str | None) -> bool:
	"""Whether the user holds an office of just this unit today."""
	if not unit:
		return False
	assignment = frappe.qb.DocType("Staff Assignment")
	query = frappe.qb.from_(assignment).select(assignment.name)
	query = query.where((assignment.user == user) & (assignment.org_unit == unit))
	return bool(valid_today(query, assignment).run())
