"""Calls of the child's form and list."""

import frappe

from social_care.registry import placements
from social_care.registry.arabic import normalise
from social_care.registry.national_number import NationalNumberError, clean, parse


@frappe.whitelist()
def read_national_number(number: str) -> dict:
	"""What a number tells: {digits, birth_date, sex, birth_governorate}, or {error} with the reason in words."""
	try:
		parsed = parse(clean(number))
	except NationalNumberError as error:
		frappe.clear_messages()
		return {"error": str(error)}
	return {
		"digits": parsed.digits,
		"birth_date": str(parsed.birth_date),
		"sex": parsed.sex,
		"birth_governorate": parsed.governorate,
	}


@frappe.whitelist()
def search_key(text: str) -> str:
	"""The folded form of what was typed, for the name box of a list; reveals nothing."""
	return normalise(text)


@frappe.whitelist(methods=["POST"])
def leave_care(child: str, reason: str, on: str) -> None:
	"""End a child's current placement with no next one (Left Care, Absconding, Death)."""
	placements.leave_care(child, reason, on)
