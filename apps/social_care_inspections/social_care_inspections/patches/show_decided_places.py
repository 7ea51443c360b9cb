"""Rows of closings' plans that were decided before the institution had columns of its own for the decision."""

import frappe

from social_care_inspections.inspections.closings import states
from social_care_inspections.inspections.closings.rows import show_decided


def execute() -> None:
	"""Safe to run again: the copy is the same."""
	decided = {"status": ["in", (states.APPROVED, states.MOVED)]}
	show_decided(frappe.get_all(states.PLAN, decided, pluck="name", order_by="name asc"))  # of every closing
