"""The framework's lists and their counts, asked from the side that answers sooner (hook override_whitelisted_methods)."""

import frappe
from frappe.desk import reportview
from frappe.model.utils import is_virtual_doctype
from frappe.utils import cint

from social_care.scope.counting import counted_up_to, reached
from social_care.scope.pages import side_of_page
from social_care.scope.searching import EITHER, asked_from, by_words, search_of


@frappe.whitelist()
@frappe.read_only()
def get() -> dict | list:
	"""A page of a list."""
	with asked_from(*_question()):
		return reportview.get()


@frappe.whitelist()
@frappe.read_only()
def get_list() -> list:
	"""A page of a list, as rows."""
	with asked_from(*_question()):
		return reportview.get_list()


@frappe.whitelist()
@frappe.read_only()
def get_count() -> int:
	"""How many rows a list has; with `limit`, counted no further than that, as later versions of the framework have it."""
	asked = frappe.form_dict
	doctype, filters = asked.get("doctype") or "", _filters()
	known = frappe.db.exists("DocType", doctype, cache=True) and not is_virtual_doctype(doctype)
	if known and (most := cint(asked.get("limit"))) > 0:
		return counted_up_to(doctype, filters, _names, most)
	plain = not filters and not frappe.parse_json(asked.get("or_filters") or "[]")
	if known and plain and (every := reached(doctype)) is not None:
		return every
	with asked_from(*search_of(doctype, filters)):
		return reportview.get_count()


def _names() -> str:
	"""The framework's query on the names of a list, without order."""
	args = reportview.get_form_params()
	distinct = "distinct " if args.pop("distinct", None) in ("true", True, 1) else ""
	args.update(fields=[f"{distinct}`tab{args.doctype}`.name"], order_by=None, limit=None)
	return reportview.execute(**args, run=0)


def _question() -> tuple:
	asked = frappe.form_dict
	doctype, filters = asked.get("doctype") or "", _filters()
	if not frappe.db.exists("DocType", doctype, cache=True):
		return (EITHER,)  # the framework says what is wrong
	if by_words(filters):
		return search_of(doctype, filters)
	return side_of_page(doctype, asked.get("order_by"), cint(asked.get("start"))), doctype


def _filters() -> list | dict:
	return frappe.parse_json(frappe.form_dict.get("filters") or "[]")
