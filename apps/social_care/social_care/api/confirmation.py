"""Calls of the screen on which an institution confirms the data of its children."""

import frappe

from social_care.api.indicators import Card, card
from social_care.governance.confirmation import CONFIRMATION, counting, deciding, screen


@frappe.whitelist()
def mine() -> list[dict]:
	"""Open confirmations of the caller's institutions."""
	return screen.mine()


@frappe.whitelist()
def head(name: str) -> dict:
	"""A confirmation with its counts, and what the caller may do."""
	return screen.head(name)


@frappe.whitelist()
def page(name: str, state: str = "", after: str = "") -> dict:
	"""The next children of a confirmation."""
	return screen.page(name, state, after)


@frappe.whitelist(methods=["POST"])
def decide(name: str, decisions: str | list) -> dict:
	"""Confirm rows, mark them for correction, or take a decision back."""
	return deciding.decide(name, frappe.parse_json(decisions))


@frappe.whitelist(methods=["POST"])
def sign(name: str, seen: str = "") -> dict:
	"""The director's signature; `seen` says which decisions he saw."""
	return deciding.sign(name, seen)


@frappe.whitelist()
def confirmed_in_period(filters: str | None = None) -> Card:
	"""Children confirmed in this period, in per cent, at the caller's places."""
	answer = card(counting.freshness() or 0)
	return answer | {"fieldtype": "Percent", "route": ["query-report", "Confirmation of Data"]}


@frappe.whitelist()
def overdue(filters: str | None = None) -> Card:
	"""Confirmations that nobody signed by their day."""
	return card(counting.overdue(), CONFIRMATION, status="Open", due_on=["<", frappe.utils.nowdate()])
