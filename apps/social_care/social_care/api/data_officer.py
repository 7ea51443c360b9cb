"""Calls of the data officer's screen."""

import frappe

from social_care.api.indicators import Card, card
from social_care.governance.officer import page, reached


@frappe.whitelist()
def queue(kind: str = "", start: int | str = 0) -> dict:
	"""What waits at the caller's places."""
	return page.queue(kind, int(start))


@frappe.whitelist(methods=["POST"])
def refresh() -> None:
	"""Look again at the caller's own directorates."""
	page.refresh()


@frappe.whitelist()
def entering_themselves(filters: str | None = None) -> Card:
	"""Institutions at the caller's places whose own staff enter their data."""
	answer = card(reached.entering_themselves())
	return answer | {"route": ["query-report", "Data Entry by Institution"]}
