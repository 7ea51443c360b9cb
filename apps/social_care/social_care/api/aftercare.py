"""Figures of leaving care and aftercare. Each counts the rows of the places where the caller holds an assignment."""

import frappe

from social_care.api.indicators import Card, card
from social_care.registry import figures
from social_care.registry.aftercare import leaving


@frappe.whitelist()
def overdue_leavers(filters: str | None = None) -> Card:
	"""Children past the age of leaving with neither extension nor approved plan."""
	return card(figures.children(leaving.overdue_condition()))


@frappe.whitelist()
def without_plan(filters: str | None = None) -> Card:
	"""Children who reach the age of leaving soon and have no plan."""
	return card(figures.children(leaving.without_plan_condition()))
