"""Calls of a census: what an institution declares, signatures, the freezing of the result."""

import frappe

from social_care.governance.census import freezing, signing


@frappe.whitelist(methods=["POST"])
def declare(name: str, number: int | str, remark: str = "") -> None:
	"""The number of children that the institution declares."""
	signing.declare(name, int(number), remark)


@frappe.whitelist(methods=["POST"])
def sign(name: str, seen: str = "") -> str:
	"""Sign a return for the caller's level; `seen` says which numbers he saw."""
	return signing.sign(name, seen)


@frappe.whitelist(methods=["POST"])
def sign_all(campaign: str) -> int:
	"""Sign all returns that wait for the caller's level."""
	return signing.sign_all(campaign)


@frappe.whitelist(methods=["POST"])
def send_back(name: str, reason: str) -> None:
	"""Give a return back to its institution."""
	signing.send_back(name, reason)


@frappe.whitelist(methods=["POST"])
def freeze(campaign: str, reason: str = "") -> str:
	"""Freeze the result; with a reason also where some have not signed."""
	return freezing.freeze(campaign, reason)


@frappe.whitelist()
def verify(campaign: str) -> dict:
	"""Whether the frozen result is as it was."""
	return freezing.verify(campaign)
