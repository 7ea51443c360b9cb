"""Likes of records (hook override_whitelisted_methods)."""

import frappe
from frappe.desk import like


@frappe.whitelist(methods=["POST"])
def toggle_like(doctype: str, name: str, add: str | bool = False) -> None:
	"""Like a record, or like it no more, where the caller may read it."""
	frappe.get_doc(doctype, name).check_permission("read")
	like.toggle_like(doctype, name, add)
