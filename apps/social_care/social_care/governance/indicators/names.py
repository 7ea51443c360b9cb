"""What readers call dimensions and their values."""

import frappe
from frappe import _

from social_care.governance.indicators import cells, counting, keeping

OWN = {"governorate": "Governorate", "service": "Service", "service_group": "Service Group"}


def doctype_of(indicator: dict, dimension: str) -> str:
	"""The DocType whose field the dimension is: of the records counted, or else of the child's file."""
	own = indicator.record_type if indicator.kind == keeping.BY_CONDITIONS else ""
	return own if own and frappe.get_meta(own).has_field(dimension) else "Child"


def dimension_label(indicator: dict, dimension: str) -> str:
	if dimension == counting.AGE_BAND:
		return _("Age")
	if dimension == cells.CENTILE:
		return _("Ninth Tenth")
	if dimension in OWN:
		return _(OWN[dimension])
	df = frappe.get_meta(doctype_of(indicator, dimension)).get_field(dimension)
	return _(df.label) if df else _(frappe.unscrub(dimension))


def key_label(indicator: dict, dimension: str, key: str) -> str:
	"""The value in the reader's language; of a linked row its title."""
	if not key or dimension == counting.AGE_BAND:
		return key
	linked = OWN.get(dimension)
	if not linked:
		df = frappe.get_meta(doctype_of(indicator, dimension)).get_field(dimension)
		linked = df.options if df and df.fieldtype == "Link" else None
	return titles(linked).get(key, key) if linked else _(key)


def titles(doctype: str) -> dict[str, str]:
	"""Titles of a reference table by name; other tables tell their names alone."""
	title = frappe.get_meta(doctype).title_field
	if not title or doctype not in frappe.get_hooks("social_care_reference_doctypes"):
		return {}
	rows = frappe.get_all(doctype, fields=["name", title], order_by=None, as_list=True)  # a reference table
	return dict(rows)
