"""What begins when a young person leaves an institution for a life of his own."""

import frappe
from frappe.model.document import Document

from social_care.registry import follow_up


def begin_follow_up(placement: Document, method: str | None = None) -> None:
	"""Placement hook: from the day of leaving, the visits of the approved plan come due."""
	if placement.setting != "Independent":
		return
	plan = frappe.db.get_value("Aftercare Plan", {"child": placement.child, "status": "Approved"})
	if plan:
		doc = frappe.get_doc("Aftercare Plan", plan)
		follow_up.schedule(doc, placement.from_date, "aftercare_follow_up_months")
		doc.flags.ignore_permissions = doc.flags.scheduled = True  # whoever may move the child may do this
		doc.save()
