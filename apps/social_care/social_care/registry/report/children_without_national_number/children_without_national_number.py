"""P03: children in care whose file has no national number, and why."""

import frappe
from frappe import _

from social_care.registry import levels, places
from social_care.registry.columns import of_child

FIELDS = [
	"name",
	"full_name",
	"sex",
	"birth_date",
	"institution",
	"institution_name",
	"national_number_status",
	"national_number_reason",
	"file_state",
]
TRANSLATED = ("sex", "national_number_status", "file_state")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	return get_columns(), get_data(frappe._dict(filters or {}))


def get_columns() -> list[dict]:
	return [
		*of_child("name", "full_name", "sex", "birth_date", "institution_name"),
		{
			"fieldname": "national_number_status",
			"label": _("Status of the Number"),
			"fieldtype": "Data",
			"width": 140,
		},
		{"fieldname": "national_number_reason", "label": _("Reason"), "fieldtype": "Data", "width": 180},
		*of_child("file_state"),
	]


def get_data(filters: dict) -> list[dict]:
	"""Rows of the reader's scope; get_list asks the same rule as every list, and the number's level is asked here."""
	if not levels.readable(levels.PAPERS):
		frappe.throw(
			_("You may not see national numbers."), frappe.PermissionError, title=_("National Number")
		)
	conditions = [
		["national_number", "in", ("", None)],
		["institution", "is", "set"],
		["life_state", "=", "Active"],
	]
	conditions += places.conditions(filters)
	rows = frappe.get_list(
		"Child",
		filters=conditions,
		fields=FIELDS,
		order_by="institution asc, full_name asc",
		limit_page_length=0,
	)
	for row in rows:
		row.update({field: _(row.get(field)) if row.get(field) else "" for field in TRANSLATED})
	return rows
