"""Brothers and sisters who live in different institutions, with the written reason or without one."""

import frappe
from frappe import _

from social_care.registry import levels
from social_care.registry.columns import of_child
from social_care.registry.kin import separated


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	return get_columns(), get_data(frappe._dict(filters or {}))


def get_columns() -> list[dict]:
	return [
		*of_child("name", "full_name", "sex"),
		{"fieldname": "age", "label": _("Age"), "fieldtype": "Int", "width": 70},
		*of_child("institution_name"),
		{"fieldname": "since", "label": _("Since"), "fieldtype": "Date", "width": 110},
		{"fieldname": "apart", "label": _("Siblings Elsewhere"), "fieldtype": "Int", "width": 130},
		{
			"fieldname": "reason",
			"label": _("Reason for Separating Siblings"),
			"fieldtype": "Data",
			"width": 300,
		},
	]


def get_data(filters: dict) -> list[dict]:
	"""Rows of the reader's scope; who a child's siblings are belongs to the level of the family."""
	if not levels.readable(levels.PARENTAGE):
		frappe.throw(_("You may not see families."), frappe.PermissionError, title=_("Separated Siblings"))
	rows = separated.separated(filters.get("governorate"), bool(filters.get("without_reason")))
	for row in rows:
		row["sex"] = _(row.sex)
	return rows
