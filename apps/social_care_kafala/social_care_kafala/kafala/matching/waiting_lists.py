"""What the two waiting lists share: families without a child, children without a family, whoever has waited longest first."""

import frappe
from frappe import _
from frappe.utils import flt
from social_care.prints.layout import Layout
from social_care.services.requests_of_all import governorate_fact


def places(filters: dict) -> list[list]:
	"""The filters of places that a list was asked for."""
	found = [["governorate", "=", filters.governorate]] if filters.get("governorate") else []
	unit = filters.get("org_unit")
	return found + ([["org_unit", "descendants of (inclusive)", unit]] if unit else [])


def ranked(rows: list[dict]) -> list[dict]:
	"""The longest waiting first, numbered; of two who have waited as long the older number."""
	rows.sort(key=lambda row: (-row.days, row.name))
	for number, row in enumerate(rows, start=1):
		row.rank = number
	return rows


def summary(label: str, rows: list[dict]) -> list[dict]:
	"""How many wait, how long on average, and the longest of them."""
	days = [row.days for row in rows]
	found = [(label, len(days), "Int")]
	if days:
		found.append((_("Days of Waiting on Average"), flt(sum(days) / len(days), 1), "Float"))
		found.append((_("Longest Waiting in Days"), max(days), "Int"))
	return [
		{"label": text, "value": value, "indicator": "Blue", "datatype": kind} for text, value, kind in found
	]


def layout(filters: dict) -> Layout:
	"""The print is numbered by the rank, and says to which places it is limited."""
	unit = filters.get("org_unit")
	facts = governorate_fact(filters.get("governorate"))
	if unit:
		facts.append([_("Unit"), frappe.db.get_value("Org Unit", unit, "unit_name")])
	return Layout(unit=unit, numbered=False, facts=facts)
