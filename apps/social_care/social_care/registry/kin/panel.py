"""What a child's file shows of relatives, tracing, reintegration and aftercare, as far as the reader may read those records."""

import frappe
from frappe.model.document import Document
from frappe.utils import date_diff, nowdate

from social_care.registry.aftercare import ages, leaving
from social_care.registry.kin import siblings

MEMBER = ["relation", "member_name", "life_status", "phone", "last_contact_date"]
TRACING = ["name", "status", "next_step_due"]
CASE = ["name", "status", "planned_date", "reintegrated_date", "separated_again"]
PLAN = ["name", "status", "planned_exit_date"]
EXTENSION = ["name", "status", "valid_from", "valid_until"]
SUPPORT = ["name", "status", "kind", "from_date", "to_date"]


def kin(child: Document) -> dict:
	"""{"relatives", "tracing", "cases"}, newest first; None for a kind that the reader may not read."""
	return {
		"relatives": relatives(child),
		"tracing": _records("Family Tracing", child.name, TRACING),
		"cases": _records("Reintegration Case", child.name, CASE),
	}


def relatives(child: Document) -> list[dict] | None:
	"""Members of the child's family, for whoever may see who the family is and may read families."""
	if not siblings.sees_family(child) or not frappe.has_permission("Family", "read"):
		return None
	if not child.family:
		return []
	filters = {"parenttype": "Family", "parent": child.family}
	return frappe.get_all("Family Member", filters=filters, fields=MEMBER, order_by="idx asc")


def aftercare(child: Document) -> dict | None:
	"""Where the young person stands on the way out of care; None below the age of the settings."""
	if not ages.is_for_aftercare(child):
		return None
	plans = _records("Aftercare Plan", child.name, PLAN)
	if plans is None:
		return None
	extensions = _records("Stay Extension", child.name, EXTENSION) or []
	day = ages.leaving_day(child.birth_date) if child.birth_date else None
	left = date_diff(day, nowdate()) if day else None
	return {
		"leaving_day": str(day or ""),
		"days_left": left,
		"situation": _situation(child, left, plans, extensions),
		"plans": plans,
		"extensions": extensions,
		"supports": _records("Aftercare Support", child.name, SUPPORT) or [],
	}


def _situation(child: Document, left: int | None, plans: list[dict], extensions: list[dict]) -> str:
	if child.life_state != "Active" or left is None:
		return child.life_state
	ends = [row.valid_until for row in extensions if row.status == "Approved"]
	states = [row.status for row in plans if row.status in leaving.PLAN_ORDER]
	return leaving.situation(left, states[0] if states else None, max(ends, default=None))


def _records(doctype: str, child: str, fields: list[str]) -> list[dict] | None:
	if not frappe.has_permission(doctype, "read"):
		return None
	return frappe.get_list(
		doctype, filters={"child": child}, fields=fields, order_by="creation desc", limit=20
	)
