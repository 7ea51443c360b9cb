"""Calls of requests for devices, and the share of places that are mechanised."""

import frappe

from social_care.api.indicators import Card, card
from social_care.organisation.readiness import places_of_all, provision
from social_care.registry.dashboards.rows import percent


@frappe.whitelist(methods=["POST"])
def take_step(name: str, step: str, number: int | str | None = None, reason: str = "") -> str:
	"""Approve, reject, deliver or receive."""
	return provision.take(name, step, number, reason)


@frappe.whitelist()
def fully_mechanised(filters: str | None = None) -> Card:
	"""Places that are fully mechanised, in per cent of those that have to be, at the caller's places."""
	rows = places_of_all.places()
	answer = card(percent(sum(row.is_ready or 0 for row in rows), len(rows)) or 0)
	return answer | {"fieldtype": "Percent", "route": ["query-report", "Readiness by Governorate"]}
