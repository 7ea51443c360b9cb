"""Calls of the guided placement change, and figures of movements."""

import frappe

from social_care.api.indicators import Card, card
from social_care.registry.moves import guide as guided
from social_care.registry.moves import overdue


@frappe.whitelist()
def guide(child: str) -> dict:
	"""What the dialog in a child's file shows."""
	return guided.guide(child)


@frappe.whitelist()
def receiving_institutions(child: str, text: str = "") -> list[dict]:
	"""Institutions that a child may be proposed to."""
	return guided.receiving_institutions(child, text)


@frappe.whitelist()
def weigh(child: str, to_institution: str) -> dict:
	"""Warnings of room and siblings before a movement is confirmed."""
	return guided.weigh(child, to_institution)


@frappe.whitelist(methods=["POST"])
def propose(values: str | dict) -> dict:
	"""Propose a movement and take its first step."""
	return guided.propose(frappe.parse_json(values))


@frappe.whitelist(methods=["POST"])
def come_back(change: str, returned_on: str, remarks: str | None = None) -> None:
	"""Record that a child is back from leave."""
	guided.come_back(change, returned_on, remarks)


@frappe.whitelist()
def transfers_to_answer(filters: str | None = None) -> Card:
	"""Movements that wait for the answer or confirmation of an institution at the caller's places."""
	waiting = {"status": ["in", ["Awaiting Acceptance", "Awaiting Confirmation"]]}
	return card(overdue.to_answer(), "Placement Change", **waiting)


@frappe.whitelist()
def changes_overdue(filters: str | None = None) -> Card:
	"""Movements whose answer, hand-over, confirmation or return is overdue; opens the report of them."""
	answer = card(overdue.overdue_count())
	return answer | {"route": ["query-report", "Placement Changes Waiting"]}


@frappe.whitelist()
def children_on_leave(filters: str | None = None) -> Card:
	"""Children who are on leave today."""
	return card(overdue.on_leave(), "Placement Change", status="On Leave")
