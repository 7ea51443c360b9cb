"""Endpoints of the inspectors' page on a phone: a few lines over `inspections/phone/`."""

import frappe

from social_care_inspections.inspections.phone import download, operations, photographs


@frappe.whitelist()
def visits() -> dict:
	"""The session user's visits that are planned or begun, with their checklists."""
	return download.visits()


@frappe.whitelist(methods=["POST"])
def apply(visit: str, sent: str | list) -> dict:
	"""What was done on the phone in one visit; each operation is applied once."""
	return operations.apply(visit, frappe.parse_json(sent))


@frappe.whitelist(methods=["POST"])
def photograph(visit: str, operation: str | dict) -> dict:
	"""One photograph, as the file `photograph` of the request."""
	return photographs.add(visit, frappe.parse_json(operation), frappe.request.files["photograph"].read())
