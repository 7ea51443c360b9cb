"""Old registry against this one: rows by institution and what became of them, and children whom the old one does not name."""

import frappe
from frappe import _

from social_care.prints.layout import Layout, as_of
from social_care.registry.legacy import reconciling
from social_care.registry.legacy.reconciling import LABELS, STATES

SUMS = ("rows", *STATES, "children", "not_named")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""Columns, one row an old registry and institution, and their sum where there are several."""
	return get_columns(), get_data(frappe._dict(filters or {}))


def get_columns() -> list[dict]:
	def whole(field: str, label: str) -> dict:
		return {"fieldname": field, "label": label, "fieldtype": "Int", "width": 115}

	return [
		{"fieldname": "source_name", "label": _("Old Registry"), "fieldtype": "Data", "width": 150},
		{"fieldname": "governorate_name", "label": _("Governorate"), "fieldtype": "Data", "width": 120},
		{"fieldname": "institution_name", "label": _("Institution"), "fieldtype": "Data", "width": 210},
		whole("rows", _("Rows in the File")),
		*(whole(state, _(label)) for state, label in LABELS.items()),
		whole("children", _("Children in the Institution Now")),
		whole("not_named", _("Of Them Not Named in the Old Registry")),
	]


def get_data(filters: dict) -> list[dict]:
	"""Figures alone, at the reader's places; three queries."""
	source, governorate = filters.get("source") or "", filters.get("governorate") or ""
	rows = reconciling.counted(source, governorate)
	living = reconciling.children(source, governorate)
	for row in rows:
		there = living.get(row.institution, {})
		row.institution_name = row.institution_name or _("Institution Not Known")
		row.update({field: int(there.get(field) or 0) for field in ("children", "not_named")})
		row.update({state: int(row[state]) for state in STATES})
	total = {field: sum(row[field] for row in rows) for field in SUMS[:-2]}
	for field in ("children", "not_named"):  # an institution that stands in two old registries counts once
		met = {row.institution for row in rows}
		total[field] = sum(int(there[field] or 0) for name, there in living.items() if name in met)
	return [*rows, {"source_name": _("Total"), **total, "bold": 1}] if len(rows) > 1 else rows


def print_layout(filters: dict) -> Layout:
	return Layout.of(filters, period=as_of(None), landscape=True, facts=reconciling.facts(filters))
