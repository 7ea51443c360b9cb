"""The rules of a child's file, tried on a changed file in memory before anything is written.

What is tried here is what a cell can be blamed for; every rule of the file is asked again when the row is applied.
"""

from collections.abc import Callable

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.registry import identity
from social_care.registry.national_number import NationalNumberError

# Each rule with the columns that may be to blame, the likeliest first.
RULES: tuple[tuple[Callable[[Document], None], tuple[str, ...]], ...] = (
	(identity.check_birth_date, ("birth_date",)),
	(identity.check_national_number, ("national_number", "birth_date", "sex", "national_number_status")),
	(lambda child: child.check_dates(), ("admission_date", "birth_date")),
)


def broken(child: Document, changed: list[str]) -> dict[str, str]:
	"""Sentences by the changed column that breaks a rule; under "" where no changed column is to blame."""
	found: dict[str, str] = {}
	for rule, blamed in RULES:
		if changed and not any(key in changed for key in blamed):
			continue
		try:
			rule(child)
		except (frappe.ValidationError, NationalNumberError) as error:
			found.setdefault(next((key for key in blamed if key in changed), ""), str(error))
	frappe.clear_messages()
	return found


def empty_required(child: Document, columns: list) -> dict[str, str]:
	"""A sentence for every required field of the file itself that is empty."""
	return {
		column.key: _("This field is required.")
		for column in columns
		if column.required and not column.row and not child.get(column.fieldname)
	}
