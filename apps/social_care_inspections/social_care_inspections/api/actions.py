"""Endpoints of corrective action plans: a few lines over `inspections/actions/`."""

import frappe

from social_care_inspections.inspections.actions import proposals


@frappe.whitelist()
def proposed_actions(plan: str) -> list[dict]:
	"""Failed indicators of the plan's visit that are none of its actions yet."""
	return proposals.of_plan(plan)


@frappe.whitelist(methods=["POST"])
def add_proposed_actions(plan: str, indicators: list | str) -> int:
	"""Make actions of the indicators that a person has chosen."""
	return proposals.add(plan, [str(code) for code in frappe.parse_json(indicators)])


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def pick_owners(
	doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict
) -> list[tuple]:
	"""Link search of an action's owner: who holds an office in the institution of the plan."""
	return proposals.pick_owners(filters.get("plan"), txt, start, page_len)
