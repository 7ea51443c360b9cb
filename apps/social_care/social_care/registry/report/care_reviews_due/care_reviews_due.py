"""Children whose review is due: within the notice of the settings, or overdue (UN Guidelines, 67; formal care indicator 9)."""

import frappe
from frappe import _
from frappe.utils import add_days, cint, date_diff, getdate, nowdate

from social_care.registry import places
from social_care.registry.columns import of_child

FIELDS = ["name", "full_name", "institution_name", "next_review_due"]


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	return get_columns(), get_data(frappe._dict(filters or {}))


def get_columns() -> list[dict]:
	return [
		*of_child("name", "full_name", "institution_name"),
		{"fieldname": "last_review", "label": _("Last Review"), "fieldtype": "Date", "width": 110},
		{"fieldname": "next_review_due", "label": _("Next Review Due"), "fieldtype": "Date", "width": 120},
		{"fieldname": "days_late", "label": _("Days Overdue"), "fieldtype": "Int", "width": 100},
		{"fieldname": "planned_on", "label": _("Planned On"), "fieldtype": "Date", "width": 110},
		{
			"fieldname": "planned_review",
			"label": _("Planned Review"),
			"fieldtype": "Link",
			"options": "Care Review",
			"width": 130,
		},
	]


def get_data(filters: dict) -> list[dict]:
	"""Rows of the reader's scope, the oldest due day first; two further queries however many they are."""
	rows = frappe.get_list(
		"Child",
		filters=conditions(filters),
		fields=FIELDS,
		order_by="next_review_due asc, name asc",
		limit_page_length=0,
	)
	names = [row.name for row in rows]
	held, planned = _last_reviews(names), _planned_reviews(names)
	for row in rows:
		row.days_late = max(date_diff(nowdate(), row.next_review_due), 0)
		row.last_review = held.get(row.name)
		row.planned_review, row.planned_on = planned.get(row.name, (None, None))
	return rows


def conditions(filters: dict) -> list[list]:
	notice = cint(frappe.get_cached_doc("Social Care Settings").review_notice_days)
	until = getdate(filters.until or add_days(nowdate(), notice))
	if cint(filters.overdue_only):
		until = min(until, getdate(add_days(nowdate(), -1)))
	return [["life_state", "=", "Active"], ["next_review_due", "<=", until], *places.conditions(filters)]


def _last_reviews(children: list[str]) -> dict:
	rows = _reviews(children, "Completed", ["child", "max(held_on) as held_on"], group_by="child")
	return {row.child: row.held_on for row in rows}


def _planned_reviews(children: list[str]) -> dict:
	rows = _reviews(children, "Planned", ["child", "name", "planned_on"])
	return {row.child: (row.name, row.planned_on) for row in rows}


def _reviews(children: list[str], status: str, fields: list[str], **options) -> list[dict]:
	if not children or not frappe.has_permission("Care Review", "read"):
		return []
	return frappe.get_list(
		"Care Review",
		filters={"child": ["in", children], "status": status},
		fields=fields,
		order_by="child asc",
		limit_page_length=0,
		**options,
	)
