"""The page on which the description of the interface is read."""

import frappe
from frappe import _

no_cache = 1
sitemap = 0
DOCUMENT = "/api/method/social_care.api.openapi.document?language=ar"


def get_context(context: dict) -> None:
	"""Texts of the page; the document itself is fetched by it."""
	frappe.local.lang = "ar"  # an official page, whatever the browser speaks
	context.title = _("Interface of the social care services")
	settings = frappe.get_cached_doc("Social Care Settings")
	context.ministry = settings.print_ministry or _("Ministry of Social Solidarity")
	context.document = DOCUMENT
	context.texts = {
		**_headings(),
		"kinds": _kinds(),
		"failed": _("The document did not arrive. Please try again."),
	}


def _headings() -> dict[str, str]:
	return {
		"services": _("Services"),
		"find": _("Find a service or an address"),
		"download": _("Download the document (OpenAPI 3.1)"),
		"version": _("Version"),
		"wait": _("One moment…"),
		"access": _("Who calls"),
		"arguments": _("Arguments"),
		"body": _("What is sent (JSON)"),
		"answers": _("What is answered"),
		"name": _("Name"),
		"meaning": _("Meaning"),
		"kind": _("Kind"),
		"required": _("Required"),
		"readonly": _("Kept by the system"),
		"earlier": _("In earlier requests only"),
		"choices": _("Choices"),
		"longest": _("At most {0} characters"),
		"least": _("From {0}"),
		"most": _("Up to {0}"),
		"rows": _("Columns of each row"),
		"nothing": _("Nothing fits."),
		"status": _("Status"),
		"one_of": _("One of these"),
	}


def _kinds() -> dict[str, str]:
	return {
		"string": _("Text"),
		"integer": _("Whole number"),
		"number": _("Number"),
		"array": _("Table"),
		"object": _("One record"),
		"date": _("Date (2026-01-31)"),
		"local-date-time": _("Date and time (2026-01-31 09:30:00)"),
		"local-time": _("Time (09:30:00)"),
		"email": _("E-mail address"),
		"choice": _("Choice"),
		"yesno": _("1 for yes, 0 for no"),
		"link": _("Name of a record: {0}"),
		"list": _("List"),
	}
