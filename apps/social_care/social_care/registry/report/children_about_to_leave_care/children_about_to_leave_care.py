"""Children who reach the age of leaving care within the months asked for, and those past it who are still there."""

import frappe
from frappe import _

from social_care.registry.aftercare import ages, leaving
from social_care.registry.places import PLACES


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, None, list[dict]]:
	"""Columns, one row a child and the counts above them."""
	rows = get_data(frappe._dict(filters or {}))
	return get_columns(), rows, None, None, get_summary(rows)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "name", "label": _("Code"), "fieldtype": "Link", "options": "Child", "width": 120},
		{"fieldname": "full_name", "label": _("Full Name"), "fieldtype": "Data", "width": 200},
		{"fieldname": "sex", "label": _("Sex"), "fieldtype": "Data", "width": 70},
		{"fieldname": "birth_date", "label": _("Birth Date"), "fieldtype": "Date", "width": 105},
		{"fieldname": "leaving_day", "label": _("Reaches the Age On"), "fieldtype": "Date", "width": 125},
		{"fieldname": "days_left", "label": _("Days Left"), "fieldtype": "Int", "width": 100},
		{"fieldname": "situation_label", "label": _("Where It Stands"), "fieldtype": "Data", "width": 150},
		{"fieldname": "plan_label", "label": _("Aftercare Plan"), "fieldtype": "Data", "width": 120},
		{"fieldname": "extended_until", "label": _("Stay Until"), "fieldtype": "Date", "width": 110},
		{"fieldname": "education", "label": _("Education"), "fieldtype": "Data", "width": 180},
		{"fieldname": "institution_name", "label": _("Institution"), "fieldtype": "Data", "width": 200},
		{
			"fieldname": "governorate",
			"label": _("Governorate"),
			"fieldtype": "Link",
			"options": "Governorate",
			"width": 110,
		},
	]


def get_data(filters: dict) -> list[dict]:
	"""Rows of the reader's scope, the longest overdue first."""
	months = int(filters.get("months") or ages.notice_months())
	places = {field: filters.get(field) for field in PLACES}
	rows = leaving.about_to_leave(min(max(months, 0), 240), **places)
	if filters.get("situation"):
		rows = [row for row in rows if row.situation == filters["situation"]]
	for row in rows:
		row["education"] = " – ".join(_(word) for word in row.education if word)
		row["sex"], row["situation_label"] = _(row.sex), _(row.situation)
		row["plan_label"] = _(row.plan_status) if row.plan_status else ""
	return rows


def get_summary(rows: list[dict]) -> list[dict]:
	"""How many there are, how many past the age without anything, how many without a plan."""
	counted = [row["situation"] for row in rows]
	return [
		{"label": _("Children"), "value": len(rows), "datatype": "Int"},
		{
			"label": _(leaving.OVERDUE),
			"value": counted.count(leaving.OVERDUE),
			"datatype": "Int",
			"indicator": "Red",
		},
		{
			"label": _(leaving.NO_PLAN),
			"value": counted.count(leaving.NO_PLAN),
			"datatype": "Int",
			"indicator": "Orange",
		},
	]
