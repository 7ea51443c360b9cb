"""The inspectors' page: its shell, which holds no data and is the same for everybody."""

import frappe
from frappe import _

from social_care_inspections.inspections.phone import shell
from social_care_inspections.inspections.phone.texts import texts

no_cache = 1
sitemap = 0


def get_context(context: dict) -> None:
	"""Guests get it too: a phone fetches it before anybody has logged in, and without a network nobody does."""
	frappe.local.lang = shell.ARABIC
	context.title = _("Visits of Inspection")
	context.texts = texts()
	context.update({"style": shell.style(), "script": shell.script(), "mark": shell.MARK})
	context.update({"manifest": shell.MANIFEST, "worker": shell.WORKER})
