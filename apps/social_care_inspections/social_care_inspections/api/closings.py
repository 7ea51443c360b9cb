"""Endpoints of closings: a few lines over `inspections/closings/`."""

import frappe
from social_care.registry.moves import guide

from social_care_inspections.inspections.closings import plan, transfers


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def pick_institution(
	doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict
) -> list[tuple]:
	"""Link search of a child's next institution: as in the guided action of the child's file."""
	rows = guide.receiving_institutions(filters.get("child"), txt)
	return [(row["value"], row["label"], row["description"]) for row in rows]


@frappe.whitelist(methods=["POST"])
def propose_plan(closing: str) -> None:
	"""Button of a closing: the search for the children's next places begins in the background."""
	plan.propose(closing)


@frappe.whitelist(methods=["POST"])
def give_plan_opinion(closing: str, opinion: str) -> None:
	"""Button of a closing: what the legal adviser says of the committee's decision."""
	plan.give_opinion(closing, opinion)


@frappe.whitelist(methods=["POST"])
def approve_plan(closing: str) -> int:
	"""Button of a closing: the committee's decision; number of children."""
	return plan.approve(closing)


@frappe.whitelist(methods=["POST"])
def make_transfers(closing: str) -> None:
	"""Button of a closing: movements of the approved plan that are still missing."""
	transfers.again(closing)
