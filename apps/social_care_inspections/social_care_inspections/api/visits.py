"""Endpoints of visits: a few lines over `inspections/visits/`."""

import frappe

from social_care_inspections.inspections import plans
from social_care_inspections.inspections.visits import people


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def pick_inspectors(
	doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict
) -> list[tuple]:
	"""Link search of a visit's team: who may be ordered to visit the institution of the form."""
	return people.pick(filters.get("institution"), txt, start, page_len)


@frappe.whitelist(methods=["POST"])
def draw_up_plan(plan: str) -> None:
	"""Button of a plan that is a draft."""
	plans.draw_up(plan)


@frappe.whitelist(methods=["POST"])
def approve_plan(plan: str) -> None:
	"""Button of a plan: its visits are ordered."""
	plans.approve(plan)
