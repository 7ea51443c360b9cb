"""The framework's lists and their counts, asked from the side that answers sooner (hook override_whitelisted_methods)."""

import frappe
from frappe.desk import reportview

from social_care.scope.pages import side_of_page
from social_care.scope.searching import EITHER, PLACES, asked_from, by_words


@frappe.whitelist()
@frappe.read_only()
def get() -> dict | list:
	"""A page of a list."""
	with asked_from(_side()):
		return reportview.get()


@frappe.whitelist()
@frappe.read_only()
def get_list() -> list:
	"""A page of a list, as rows."""
	with asked_from(_side()):
		return reportview.get_list()


@frappe.whitelist()
@frappe.read_only()
def get_count() -> int:
	"""How many rows a list has."""
	with asked_from(PLACES):
		return reportview.get_count()


def _side() -> str:
	asked = frappe.form_dict
	if not frappe.db.exists("DocType", asked.get("doctype") or "", cache=True):
		return EITHER  # the framework says what is wrong
	if by_words(frappe.parse_json(asked.get("filters") or "[]")):
		return PLACES
	return side_of_page(asked.get("doctype"), asked.get("order_by"))
