"""Programmes of support: which are not given together, and which limits count on a day."""

from datetime import date

import frappe
from frappe.utils import getdate

PERSON, HOUSEHOLD = "Income a Person a Month", "Income a Household a Month"


def not_together(programme: str) -> list[str]:
	"""Programmes whose members are not taken into this one."""
	return frappe.get_all(  # a reference table
		"Support Programme Exclusion",
		{"parent": programme, "parenttype": "Support Programme"},
		pluck="programme",
		order_by="programme asc",
	)


def limits(programme: str, day: date) -> tuple[float | None, float | None]:
	"""Income a person and a household may have on that day; None where there is no limit."""
	found: dict[str, float] = {}
	for row in frappe.get_all(  # a reference table
		"Support Programme Parameter",
		{"parent": programme, "parenttype": "Support Programme", "valid_from": ["<=", day]},
		["parameter", "value", "valid_to"],
		order_by="valid_from asc",
	):
		if not row.valid_to or getdate(row.valid_to) >= day:
			found[row.parameter] = float(row.value)
	return found.get(PERSON), found.get(HOUSEHOLD)
