"""P26: aftercare plans of a period, how far they are, and the housing and grants of each young person."""

import frappe
from frappe import _

from social_care.registry.aftercare import overview
from social_care.registry.columns import of_child


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, None, list[dict]]:
	"""Columns, one row a plan and the counts above them."""
	rows = get_data(frappe._dict(filters or {}))
	return get_columns(), rows, None, None, get_summary(rows)


def get_columns() -> list[dict]:
	return [
		{
			"fieldname": "name",
			"label": _("Aftercare Plan"),
			"fieldtype": "Link",
			"options": "Aftercare Plan",
			"width": 110,
		},
		*of_child("child", "full_name"),
		{"fieldname": "life_state", "label": _("Status"), "fieldtype": "Data", "width": 110},
		{"fieldname": "plan_date", "label": _("Date of the Plan"), "fieldtype": "Date", "width": 110},
		{"fieldname": "status", "label": _("State of the Plan"), "fieldtype": "Data", "width": 120},
		{"fieldname": "reached", "label": _("Goals Reached"), "fieldtype": "Data", "width": 110},
		{"fieldname": "next_follow_up", "label": _("Next Follow-up"), "fieldtype": "Date", "width": 120},
		{"fieldname": "housing", "label": _("Housing"), "fieldtype": "Data", "width": 200},
		{"fieldname": "grants", "label": _("Grants (EGP)"), "fieldtype": "Currency", "width": 120},
		*of_child("governorate"),
	]


def get_data(filters: dict) -> list[dict]:
	"""Plans of the reader's scope whose date lies in the period."""
	rows = overview.plans(filters.get("from_date"), filters.get("to_date"), filters.get("governorate"))
	for row in rows:
		row["housing"] = " – ".join((_(row.housing_kind), _(row.housing_status))) if row.housing_kind else ""
		row["status"], row["life_state"] = _(row.status), _(row.life_state)
		row["reached"] = f"{row.goals_reached} / {row.goals_all}"
	return rows


def get_summary(rows: list[dict]) -> list[dict]:
	"""Plans, approved ones, housing handed over (K49, K50)."""
	approved = sum(row["approved"] for row in rows)
	housed = sum(row["housed"] for row in rows)
	return [
		{"label": _("Aftercare Plans"), "value": len(rows), "datatype": "Int"},
		{"label": _("Plan Approved"), "value": approved, "datatype": "Int", "indicator": "Green"},
		{"label": _("Housing Handed Over"), "value": housed, "datatype": "Int", "indicator": "Blue"},
	]
