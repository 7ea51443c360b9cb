"""Calls of the child's form and list."""

import frappe

from social_care.registry import photographs, search
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
def search_filters(doctype: str, text: str) -> list[list]:
	"""Filters that find what was typed into the search box of a list; reveals nothing."""
	return search.box_filters(doctype, text)


@frappe.whitelist()
def photograph(child: str) -> None:
	"""The small photograph of a child, for whoever reads the field in the list."""
	frappe.response.update(
		{
			"type": "download",
			"filename": "photograph.jpg",
			"filecontent": photographs.thumbnail(child),
			"display_content_as": "inline",
		}
	)
