"""Campaigns that make kafala known, and what a family's file says of the one by which the family learned of it."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

CAMPAIGN, CANCELLED = "Kafala Awareness Campaign", "Campaign Cancelled"
BY_CAMPAIGN = "Awareness Campaign"


def check(file: Document) -> None:
	"""A campaign is named where the family learned of kafala by one that had begun and was not cancelled."""
	if file.source_of_knowledge != BY_CAMPAIGN:
		file.awareness_campaign = None
	if not file.awareness_campaign or not file.has_value_changed("awareness_campaign"):
		return
	found = frappe.db.get_value(CAMPAIGN, file.awareness_campaign, ["status", "starts_on"], as_dict=True)
	if not found or found.status == CANCELLED:
		file.refuse(_("This campaign was cancelled."))
	if getdate(found.starts_on) > getdate(file.applied_on):
		file.refuse(_("This campaign began after the family had applied."))
