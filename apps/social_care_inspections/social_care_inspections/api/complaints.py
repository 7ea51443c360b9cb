"""Calls of the public page of complaints. Guests: whoever complains has no account, and no cookie is sent. Each is a POST,
counted for each address; nothing is listed but institutions that are named in public.
"""

import frappe
from frappe.rate_limiter import rate_limit
from social_care.services.citizens import limits

from social_care_inspections.inspections.complaints import public


# Guests: names of institutions, without which nobody could say which one he means.
@frappe.whitelist(allow_guest=True, xss_safe=True, methods=["POST"])
@rate_limit(limit=limits.calls_a_minute, seconds=limits.MINUTE)
def institutions(governorate: str) -> list[list[str]]:
	"""Operating institutions of a governorate by name."""
	return public.institutions(governorate)


# Guests: whoever complains has no account.
@frappe.whitelist(allow_guest=True, xss_safe=True, methods=["POST"])
@rate_limit(limit=limits.requests_an_hour, seconds=limits.HOUR)
def send(data: str, page_key: str) -> dict:
	"""Send a complaint: number and secret word, or sentences by field."""
	return public.send(data, page_key)


# Guests: number and secret word open this one complaint.
@frappe.whitelist(allow_guest=True, xss_safe=True, methods=["POST"])
@rate_limit(limit=limits.calls_a_minute, seconds=limits.MINUTE)
def follow(receipt: str, secret: str) -> dict:
	"""State and answer of a complaint."""
	return public.follow(receipt, secret)
