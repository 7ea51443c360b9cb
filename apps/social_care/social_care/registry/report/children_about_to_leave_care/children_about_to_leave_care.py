"""Children who reach the age of leaving care within the months asked for, those past it who are still there, and on
request those in aftercare; a list to be printed.
"""

import frappe
from frappe import _
from frappe.utils import cint

from social_care import plurals
from social_care.prints.layout import Layout
from social_care.registry.aftercare import ages, leaving
from social_care.registry.columns import of_child
from social_care.registry.places import PLACES

TURNING = "Turning of Age"


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, None, list[dict]]:
	"""Columns, one row a child and the counts above them."""
	rows = get_data(frappe._dict(filters or {}))
	return get_columns(), rows, None, None, get_summary(rows)


def get_columns() -> list[dict]:
	return [
		*of_child("name", "full_name", "sex", "birth_date"),
		{"fieldname": "leaving_day", "label": _("Reaches the Age On"), "fieldtype": "Date", "width": 125},
		{"fieldname": "days_left", "label": _("Days Left"), "fieldtype": "Int", "width": 100},
		{"fieldname": "situation_label", "label": _("Where It Stands"), "fieldtype": "Data", "width": 150},
		{"fieldname": "plan_label", "label": _("Aftercare Plan"), "fieldtype": "Data", "width": 120},
		{"fieldname": "extended_until", "label": _("Stay Until"), "fieldtype": "Date", "width": 110},
		{"fieldname": "education", "label": _("Education"), "fieldtype": "Data", "width": 180},
		*of_child("institution_name", "governorate"),
	]


def get_data(filters: dict) -> list[dict]:
	"""Rows of the reader's scope, the longest overdue first."""
	rows = _of_group(filters, {field: filters.get(field) for field in PLACES})
	if filters.get("situation"):
		rows = [row for row in rows if row.situation == filters["situation"]]
	for row in rows:
		row["education"] = " – ".join(_(word) for word in row.education if word)
		row["sex"], row["situation_label"] = _(row.sex), _(row.situation)
		row["plan_label"] = _(row.plan_status) if row.plan_status else ""
	return rows


def _of_group(filters: dict, places: dict) -> list[dict]:
	group = filters.get("group")
	rows = [] if group == leaving.AFTERCARE else leaving.about_to_leave(_months(filters), **places)
	return rows if group == TURNING else rows + leaving.in_aftercare(**places)


def _months(filters: dict) -> int:
	return min(max(cint(filters.get("months")) or ages.notice_months(), 0), 240)


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


def print_layout(filters: dict) -> Layout:
	age, months = ages.setting("leaving_age", ages.LEAVING_AGE), _months(filters)
	note = _(
		"Care ends at {0} years; listed are those who come of age within {1} months.",
		context=plurals.form(months),
	)
	return Layout.of(filters, landscape=True, notes=[note.format(age, months)])
