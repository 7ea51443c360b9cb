"""Institutions of the reader by their risk, with the reasons. Not for institutions: it tells who is visited next."""

import frappe
from frappe import _

from social_care_inspections.inspections import risk


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	return get_columns(), get_data(frappe._dict(filters or {}))


def get_columns() -> list[dict]:
	text = {"fieldtype": "Data"}
	return [
		{"fieldname": "place", "label": _("Rank"), "fieldtype": "Int", "width": 70},
		{"fieldname": "institution_name", "label": _("Institution"), **text, "width": 240},
		{"fieldname": "points", "label": _("Risk Points"), "fieldtype": "Int", "width": 90},
		{"fieldname": "reasons", "label": _("Reasons"), **text, "width": 480},
		{"fieldname": "grade_label", "label": _("Evaluation Grade"), **text, "width": 90},
		{"fieldname": "last_visit_date", "label": _("Last Visit"), "fieldtype": "Date", "width": 110},
	]


def get_data(filters: dict) -> list[dict]:
	wanted = {"institution_type": filters.institution_type} if filters.institution_type else {}
	rows = risk.institutions(**wanted)
	found = risk.risks(rows)
	for row in rows:
		row.points, row.reasons = found[row.name].points, "؛ ".join(found[row.name].reasons)
		row.grade_label = _(row.grade) if row.grade else ""
	rows.sort(key=lambda row: (-row.points, row.institution_name))
	for place, row in enumerate(rows, 1):
		row.place = place
	return rows
