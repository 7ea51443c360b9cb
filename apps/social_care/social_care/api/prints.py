"""Calls of prints: a report as PDF, and the public page that confirms a print."""

import frappe
from frappe.rate_limiter import rate_limit

from social_care.prints import report, verification


# Guests: whoever is handed a print has no account. Nothing personal is answered, and each address is counted.
@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(limit=verification.checks_a_minute, seconds=60)
def verify(code: str, file_digest: str = "") -> dict:
	"""Whether a print bears this code, and what may be said of it."""
	return verification.verify(code, file_digest)


@frappe.whitelist(methods=["POST"])
def print_report(report_name: str, filters: str | dict | None = None) -> None:
	"""A report of the caller as a PDF with header, page numbers and verification code."""
	chosen = frappe.parse_json(filters)
	report.send(report_name, chosen if isinstance(chosen, dict) else {})


@frappe.whitelist(methods=["POST"])
def find_verification(code: str) -> str | None:
	"""Name of the record behind a code, for those who may read it."""
	return verification.find(code)


@frappe.whitelist(methods=["POST"])
def withdraw(name: str, reason: str) -> None:
	"""Take a print back."""
	verification.withdraw(name, reason)
