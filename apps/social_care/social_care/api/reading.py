"""Calls of reading control."""

import frappe

from social_care.reading import opening, screen


@frappe.whitelist(methods=["POST"])
def ask_emergency(child: str, purpose: str, reason: str) -> dict:
	"""Emergency access to one file for the caller."""
	return opening.ask_emergency(child, purpose, reason)


@frappe.whitelist(methods=["POST"])
def ask_between_units(child: str, purpose: str, reason: str, days: int) -> dict:
	"""Ask for a file to be opened to the caller's unit."""
	return opening.ask_between_units(child, purpose, reason, int(days))


@frappe.whitelist(methods=["POST"])
def decide(name: str, approve: int, note: str = "") -> dict:
	"""Approve or refuse a request for a file of the caller's side."""
	return opening.decide(name, bool(int(approve)), note)


@frappe.whitelist(methods=["POST"])
def revoke(name: str, note: str = "") -> dict:
	"""Close a file before its time."""
	return opening.revoke(name, note)


@frappe.whitelist()
def actions(name: str) -> dict:
	"""What the caller may do with a request."""
	return screen.actions(name)
