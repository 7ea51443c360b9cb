"""Calls of the review of possible duplicates, and of the form of a new child."""

import json

import frappe

from social_care.registry.matching import possible, run
from social_care.registry.merging import merge

TYPED = (
	"first_name",
	"father_name",
	"grandfather_name",
	"family_name",
	"sex",
	"birth_date",
	"national_number",
)
TYPED += ("mother_full_name",)


@frappe.whitelist(methods=["POST"])
def possible_duplicates(values: str, institution: str | None = None) -> list[dict]:
	"""Who may be the child that is being entered: rows within the caller's scope, otherwise the unit to ask."""
	typed = json.loads(values)
	return possible.for_typed({field: typed.get(field) for field in TYPED}, institution)


@frappe.whitelist(methods=["POST"])
def propose_merge(candidate: str, survivor: str, chosen: str, history: str, reason: str) -> str:
	"""Propose that two are one; `chosen` names for fields «survivor» or «merged». Gives the state of the merge."""
	return merge.propose(candidate, survivor, json.loads(chosen), history, reason).status


@frappe.whitelist(methods=["POST"])
def decide_merge(name: str, accept: int) -> str:
	"""Accept or decline a proposed merge."""
	return merge.decide(name, bool(int(accept))).status


@frappe.whitelist(methods=["POST"])
def undo_merge(name: str, reason: str) -> str:
	"""Make two of one again."""
	return merge.undo(name, reason).status


@frappe.whitelist(methods=["POST"])
def search_now() -> str:
	"""Compare the whole registry in the background."""
	return run.ask_for()
