"""Calls of the forms of directives, circulars and sessions of committees."""

import frappe

from social_care.decisions import circulars, directives
from social_care.decisions.committees import waiting


@frappe.whitelist(methods=["POST"])
def acknowledge(circular: str) -> dict:
	"""The caller has read a circular that was addressed to him."""
	return circulars.acknowledge(circular)


@frappe.whitelist()
def reading(circular: str) -> dict:
	"""Whether a circular is addressed to the caller, and whether he has read it."""
	return circulars.reading(circular)


@frappe.whitelist()
def service_standing(directive: str) -> dict | None:
	"""Open and overdue requests of the service that a directive concerns."""
	return directives.service_standing(directive)


@frappe.whitelist()
def cases_waiting(committee: str) -> list[dict]:
	"""Cases that wait for a committee and stand on no open agenda, as rows of an agenda."""
	return waiting.for_committee(committee)
