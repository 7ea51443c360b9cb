"""The public page on which somebody complains about an institution."""

import frappe
from frappe import _
from social_care.services.citizens import pages, places

from social_care_inspections.inspections.complaints import public

no_cache = 1
sitemap = 0


def get_context(context: dict) -> None:
	"""Raises PageDoesNotExistError while the settings take no complaints here."""
	frappe.local.no_cache = 1  # nor is «not found» kept: the page may open tomorrow
	if not public.is_open():
		raise frappe.PageDoesNotExistError
	pages.begin(context)
	context.title = _("Complain about a Care Institution")
	context.governorates = places.governorates()
	context.kinds = [(kind, _(kind)) for kind in public.kinds()]
	context.senders = [(kind, _(kind)) for kind in public.SENDERS]
	context.helpline = frappe.get_cached_doc("Inspection Settings").complaint_helpline
	context.texts = pages.texts() | {
		"another": _("Another one, or I do not know its name"),
		"sent": _("Your complaint arrived."),
		"keep": _("Write down both now. They are shown once; nobody can give them to you again."),
		"number": _("Number of the Complaint"),
		"secret": _("Secret Word"),
	}
