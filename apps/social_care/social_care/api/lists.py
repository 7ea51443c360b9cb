"""The framework's lists and their counts, asked from the side that answers sooner (hook override_whitelisted_methods)."""

import frappe
from frappe.desk import reportview

from social_care.scope.searching import by_words, places_first


@frappe.whitelist()
def get() -> dict | list:
	"""A page of a list."""
	with places_first(_searched()):
		return reportview.get()


@frappe.whitelist()
def get_list() -> list:
	"""A page of a list, as rows."""
	with places_first(_searched()):
		return reportview.get_list()


@frappe.whitelist()
def get_count() -> int:
	"""How many rows a list has."""
	with places_first():
		return reportview.get_count()


def _searched() -> bool:
	return by_words(frappe.parse_json(frappe.form_dict.get("filters") or "[]"))
