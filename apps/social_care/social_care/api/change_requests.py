"""Calls of requests for a change of a child's file."""

import frappe

from social_care.governance.change_requests import asking, deciding


@frappe.whitelist()
def fields(child: str) -> list[dict]:
	"""Fields of a file whose change the reader may ask for, with their present values."""
	return asking.open_fields(child)


@frappe.whitelist(methods=["POST"])
def ask(child: str, field: str, value: str, reason: str, paper: str) -> dict:
	"""Ask for another value of a field."""
	return {"name": asking.ask(child, field, value, reason, paper).name}


@frappe.whitelist(methods=["POST"])
def withdraw(request: str) -> dict:
	"""Take a request back."""
	return {"state": asking.withdraw(request).state}


@frappe.whitelist(methods=["POST"])
def decide(request: str, approved: int, note: str = "") -> dict:
	"""Approve or refuse a request."""
	return {"state": deciding.decide(request, bool(int(approved)), note).state}


@frappe.whitelist(methods=["POST"])
def undo(request: str, reason: str) -> dict:
	"""Ask that the former value comes back."""
	return {"name": asking.undo(request, reason).name}
