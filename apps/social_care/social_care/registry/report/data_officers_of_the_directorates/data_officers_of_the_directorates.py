"""P10: who answers for the data of each directorate on a day."""

import frappe
from frappe import _

from social_care.prints.layout import Layout, as_of
from social_care.registry import census

FIELDS = [
	*("directorate.unit_name as directorate_name", "governorate.governorate_name", "full_name"),
	*("valid_from", "valid_to", "decision_number"),
]


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	return get_columns(), get_data(frappe._dict(filters or {}))


def get_columns() -> list[dict]:
	return [
		{"fieldname": "governorate_name", "label": _("Governorate"), "fieldtype": "Data", "width": 130},
		{"fieldname": "directorate_name", "label": _("Directorate"), "fieldtype": "Data", "width": 260},
		{"fieldname": "full_name", "label": _("Data Officer"), "fieldtype": "Data", "width": 220},
		{"fieldname": "valid_from", "label": _("Valid From"), "fieldtype": "Date", "width": 110},
		{"fieldname": "valid_to", "label": _("Valid To"), "fieldtype": "Date", "width": 110},
		{"fieldname": "decision_number", "label": _("Decision Number"), "fieldtype": "Data", "width": 130},
	]


def get_data(filters: dict) -> list[dict]:
	"""The reader's own list of officers of the day."""
	day = census.day_of(filters)
	conditions = [["valid_from", "<=", day]]
	if filters.get("governorate"):
		conditions.append(["governorate", "=", filters["governorate"]])
	return frappe.get_list(
		"Data Officer",
		filters=conditions,
		or_filters=[["valid_to", "is", "not set"], ["valid_to", ">=", day]],
		fields=FIELDS,
		order_by="`tabData Officer`.governorate asc, `tabData Officer`.valid_from asc",
		limit_page_length=0,
	)


def print_layout(filters: dict) -> Layout:
	return Layout(period=as_of(census.day_of(filters)), landscape=False)
