import frappe

from social_care_inspections.inspections.closings.follow_up import FollowUpVisit


class ClosingFollowup(FollowUpVisit):
	"""A visit to a child after the move from an institution that closed."""


def on_doctype_update() -> None:
	"""Each visit is planned once, whoever notes the move."""
	frappe.db.add_unique("Closing Follow-up", ["closing_placement", "visit_number"])
