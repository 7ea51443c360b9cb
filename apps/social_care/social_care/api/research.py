"""Calls of exports for research: the decision of the second person, and the approved file."""

import frappe
from frappe.utils import cint

from social_care.governance import research


@frappe.whitelist(methods=["POST"])
def decide(name: str, approve: bool | int | str, note: str = "") -> None:
	"""Approve or refuse an export that another asked for."""
	research.decide(name, bool(cint(approve)), note)


@frappe.whitelist(methods=["POST"])
def download(name: str) -> None:
	"""The approved export as CSV."""
	research.hand_out(name)
