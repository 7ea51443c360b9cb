"""The rows behind a figure of the reconciliation, at the reader's places: numbers, states, and files that he may open."""

import json

import frappe
from frappe import _

from social_care.prints.layout import Layout, as_of
from social_care.registry.legacy import reconciling
from social_care.registry.legacy.fields import LABELS as FIELD_LABELS
from social_care.registry.legacy.fields import heading
from social_care.registry.legacy.reconciling import LABELS

NOT_NAMED = "not_named"


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	filters = frappe._dict(filters or {})
	return get_columns(), get_data(filters)


def get_columns() -> list[dict]:
	return [
		{
			"fieldname": "legacy_id",
			"label": _("Number in the Old Registry"),
			"fieldtype": "Data",
			"width": 150,
		},
		{"fieldname": "sheet_row", "label": _("Row in the Sheet"), "fieldtype": "Int", "width": 90},
		{"fieldname": "institution_name", "label": _("Institution"), "fieldtype": "Data", "width": 210},
		{"fieldname": "state_name", "label": _("Outcome"), "fieldtype": "Data", "width": 170},
		{"fieldname": "child", "label": _("Code"), "fieldtype": "Link", "options": "Child", "width": 120},
		{"fieldname": "full_name", "label": _("Full Name"), "fieldtype": "Data", "width": 210},
		{"fieldname": "differences", "label": _("Differences"), "fieldtype": "Int", "width": 100},
		{"fieldname": "fields", "label": _("Fields to Be Corrected"), "fieldtype": "Data", "width": 250},
	]


def get_data(filters: dict) -> list[dict]:
	"""Of a row that nobody has a file for yet no name is shown; of a child those that the reader's own list gives."""
	source, institution = filters.get("source") or "", filters.get("institution") or ""
	state = filters.get("state") or ""
	if institution and not frappe.get_list("Institution", {"name": institution}, limit=1):
		return []
	if state == NOT_NAMED:
		return _children(reconciling.not_named(source, institution))
	rows = reconciling.rows(source, institution, state)
	files = {row["child"]: row for row in _children([row.child for row in rows if row.child])}
	for row in rows:
		row.state_name = _(LABELS[row.pop("state")])
		row.fields = _fields(row.pop("faults"))
		row.update(files.get(row.child, {"child": None, "full_name": None}))
	return rows


def _fields(faults: str | None) -> str:
	"""Which fields are to blame; what was written in them stays with headquarters."""
	named = [heading(FIELD_LABELS[field]) for field in json.loads(faults or "{}") if field in FIELD_LABELS]
	return "، ".join(named)


def _children(names: list[str]) -> list[dict]:
	if not names:
		return []
	fields = ["name as child", "full_name", "institution_name"]
	return frappe.get_list("Child", {"name": ["in", names]}, fields, order_by="full_name asc", limit=0)


def print_layout(filters: dict) -> Layout:
	return Layout.of(filters, period=as_of(None), landscape=True, facts=reconciling.facts(filters))
