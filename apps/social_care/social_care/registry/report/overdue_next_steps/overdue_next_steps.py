"""What should have been done by now about children's families and their way out of care."""

import frappe
from frappe import _

from social_care.registry.columns import of_child
from social_care.registry.kin import steps


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	return get_columns(), get_data(frappe._dict(filters or {}))


def get_columns() -> list[dict]:
	return [
		{"fieldname": "kind_label", "label": _("What Waits"), "fieldtype": "Data", "width": 170},
		{
			"fieldname": "name",
			"label": _("Code"),
			"fieldtype": "Dynamic Link",
			"options": "kind",
			"width": 120,
		},
		*of_child("child"),
		{"fieldname": "due", "label": _("Due"), "fieldtype": "Date", "width": 110},
		{"fieldname": "days_overdue", "label": _("Days Overdue"), "fieldtype": "Int", "width": 110},
		*of_child("institution_name", "governorate"),
	]


def get_data(filters: dict) -> list[dict]:
	"""Rows of the reader's scope, the oldest first."""
	rows = steps.overdue(filters.get("governorate"))
	for row in rows:
		row["kind_label"] = _(row.kind)
	return rows
