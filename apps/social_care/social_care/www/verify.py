"""The public page that confirms prints."""

import frappe
from frappe import _

no_cache = 1
sitemap = 0


def get_context(context: dict) -> None:
	"""Texts of the page; whoever is logged in sends his token with the question."""
	frappe.local.lang = "ar"  # an official page, whatever the browser speaks
	context.title = _("Verification of Prints")
	settings = frappe.get_cached_doc("Social Care Settings")
	context.ministry = settings.print_ministry or _("Ministry of Social Solidarity")
	context.token = frappe.session.data.csrf_token or ""  # none is made: the session may not use one
	context.texts = {
		"wait": _("One moment…"),
		"many": _("Too many questions came from your network. Please wait a minute and try again."),
		"failed": _("The question did not arrive. Please try again."),
		"incomplete": _("The code has sixteen signs. Please compare it with the paper."),
		"same": _("The file is exactly the one that was issued."),
		"other": _("The file differs from the one that was issued."),
	}
