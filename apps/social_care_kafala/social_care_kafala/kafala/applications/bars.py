"""The bar list: families that returned a child without strong cause, and others whom a decision excludes.

Asked by the system for every application of the country; a file learns whether it stands there, may stand there or does not,and nothing else.
"""

import frappe
from frappe.model.document import Document
from frappe.utils import getdate, nowdate
from social_care.registry.arabic import normalise

DOCTYPE = "Kafala Bar"
BARRED, POSSIBLE, CLEAR = "On the Bar List", "Possible Match", "Not on the Bar List"
IN_FORCE = "In Force"


def state_of(file: Document) -> str:
	"""Barred for a number on the list; a possible match for a name alone, unless both have numbers that differ."""
	numbers = {row.national_number for row in file.adults if row.national_number}
	names = {normalise(row.full_name or ""): row.national_number for row in file.adults}
	rows = in_force(numbers, set(names))
	if any(row.national_number and row.national_number in numbers for row in rows):
		return BARRED
	if any(not (row.national_number and names.get(row.search_name)) for row in rows):
		return POSSIBLE
	return CLEAR


def in_force(numbers: set[str], names: set[str]) -> list[dict]:
	"""Rows of the list that count today, of these numbers and folded names."""
	bar = frappe.qb.DocType(DOCTYPE)
	query = frappe.qb.from_(bar).select(bar.national_number, bar.search_name).orderby(bar.name)
	query = query.where((bar.status == IN_FORCE) & (bar.barred_from <= getdate(nowdate())))
	same = bar.search_name.isin(sorted(names - {""}) or [""])
	if numbers:
		same = same | bar.national_number.isin(sorted(numbers))
	return query.where(same).run(as_dict=True)
