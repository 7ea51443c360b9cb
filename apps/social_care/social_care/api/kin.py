"""Figures of families and kinship; what a dialog shows of a child's siblings."""

import frappe

from social_care.api.indicators import Card, card
from social_care.registry import figures
from social_care.registry.kin import separated, siblings, steps


@frappe.whitelist()
def siblings_of(child: str) -> list[dict]:
	"""A child's siblings in care as the caller may see them; for dialogs that move a child."""
	doc = frappe.get_doc("Child", child)
	doc.check_permission("read")
	return siblings.shown_to_reader(doc)


@frappe.whitelist()
def steps_overdue(filters: str | None = None) -> Card:
	"""Children about whom a step of tracing, reintegration or aftercare is overdue."""
	return card(figures.children(steps.overdue_condition()))


@frappe.whitelist()
def separated_without_reason(filters: str | None = None) -> Card:
	"""Children who live apart from a sibling without a written reason."""
	return card(figures.children(separated.without_reason_condition()))


@frappe.whitelist()
def pairs_to_confirm(filters: str | None = None) -> Card:
	"""Suggested siblings that the caller may decide on."""
	if not frappe.has_permission("Sibling Pair", "read"):
		return card(0)
	found = frappe.get_list("Sibling Pair", filters={"status": "Open"}, fields=["count(name) as total"])
	return card(found[0].total, "Sibling Pair", status="Open")
