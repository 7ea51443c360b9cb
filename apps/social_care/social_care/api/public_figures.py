"""Figures for everybody, where the settings open them."""

import frappe
from frappe.rate_limiter import rate_limit

from social_care.governance.indicators import public
from social_care.services.citizens import limits


# Guests: indicators marked as public, of ended periods, with small numbers hidden; no record of anybody.
@frappe.whitelist(allow_guest=True, methods=["GET"])
@rate_limit(limit=limits.calls_a_minute, seconds=limits.MINUTE)
def figures() -> list[dict]:
	"""Values of the nation, by governorate and by field (docs/indicators.md)."""
	return public.figures()
