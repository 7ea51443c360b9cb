"""Who comes of age in care within the next months, who already has, and who is in aftercare; a list to be printed."""

import frappe
from frappe import _
from frappe.utils import cint, getdate, nowdate

from social_care.prints.layout import Layout
from social_care.registry import places
from social_care.registry.aftercare import ages

TURNING, AFTERCARE = "Turning of Age", "In Aftercare"
FIELDS = [
	"name",
	"full_name",
	"sex",
	"birth_date",
	"institution_name",
	"governorate.governorate_name",
	"life_state",
]


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	filters = frappe._dict(filters or {})
	return get_columns(), get_data(filters)


def get_columns() -> list[dict]:
	return [
		{"fieldname": "name", "label": _("Code"), "fieldtype": "Link", "options": "Child", "width": 120},
		{"fieldname": "full_name", "label": _("Full Name"), "fieldtype": "Data", "width": 220},
		{"fieldname": "sex", "label": _("Sex"), "fieldtype": "Data", "width": 80},
		{"fieldname": "birth_date", "label": _("Birth Date"), "fieldtype": "Date", "width": 110},
		{"fieldname": "of_age_on", "label": _("Comes of Age On"), "fieldtype": "Date", "width": 120},
		{"fieldname": "months_left", "label": _("Months Left"), "fieldtype": "Int", "width": 100},
		{"fieldname": "institution_name", "label": _("Institution"), "fieldtype": "Data", "width": 200},
		{"fieldname": "governorate_name", "label": _("Governorate"), "fieldtype": "Data", "width": 120},
		{"fieldname": "standing", "label": _("Standing"), "fieldtype": "Data", "width": 190},
	]


def get_data(filters: dict) -> list[dict]:
	"""One query of the reader's own list for each group; the eldest first."""
	rows = []
	if filters.get("group") != AFTERCARE:
		born = ages.born_until(_months(filters))
		rows += _listed(filters, [["life_state", "=", "Active"], ["birth_date", "<=", born]])
	if filters.get("group") != TURNING:
		rows += _listed(filters, [["life_state", "=", "In Aftercare"]])
	return [_told(row) for row in rows]


def _listed(filters: dict, conditions: list) -> list[dict]:
	conditions += places.conditions(filters)
	return frappe.get_list(
		"Child", filters=conditions, fields=FIELDS, order_by="birth_date asc, name asc", limit_page_length=0
	)


def _months(filters: dict) -> int:
	return cint(filters.get("months")) or ages.notice_months()


def _told(row: dict) -> dict:
	today, of_age = getdate(nowdate()), ages.leaving_day(row.birth_date)
	row.update({"sex": _(row.sex or ""), "of_age_on": of_age, "standing": _(AFTERCARE)})
	if row.pop("life_state") == "Active":
		row.months_left = _months_between(today, of_age)
		row.standing = _("Of age and still in care") if of_age <= today else _("Comes of age in care")
	return row


def _months_between(today, day) -> int:
	"""Whole months until a day; 0 once it has come."""
	months = (day.year - today.year) * 12 + day.month - today.month - (day.day < today.day)
	return max(months, 0)


def print_layout(filters: dict) -> Layout:
	note = _("Care ends at {0} years; listed are those who come of age within {1} months.")
	age = ages.setting("leaving_age", ages.LEAVING_AGE)
	return Layout.of(filters, landscape=True, notes=[note.format(age, _months(filters))])
