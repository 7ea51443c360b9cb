"""The description of the interface."""

import frappe
from frappe.rate_limiter import rate_limit
from werkzeug.wrappers import Response

from social_care.services.openapi import document as description


# Guests: they are told of what is open to everybody and of nothing else. Each address is counted.
@frappe.whitelist(allow_guest=True, methods=["GET"])
@rate_limit(limit=120, seconds=60)
def document(language: str | None = None, version: str = "") -> Response:
	"""What the caller may see of the interface, in OpenAPI 3.1."""
	return description.answer(language, version)
