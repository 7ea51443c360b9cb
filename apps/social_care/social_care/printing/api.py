"""Frappe's two PDF endpoints where the framework itself does not ask the `pdf_generator` hook for our name."""

import frappe
from frappe.core.doctype.access_log.access_log import make_access_log
from frappe.utils import print_format
from frappe.utils.pdf import get_pdf

from social_care.printing.generator import chromium_pdf


# Guests come with a share key, which Frappe's own function checks.
@frappe.whitelist(allow_guest=True)
def download_pdf(
	doctype: str,
	name: str,
	format: str | None = None,
	no_letterhead: int | str = 0,
	language: str | None = None,
	letterhead: str | None = None,
) -> None:
	"""Frappe's own download; the request's engine was already chosen, so its `pdf_generator` is not passed on."""
	print_format.download_pdf(
		doctype, name, format=format, no_letterhead=no_letterhead, language=language, letterhead=letterhead
	)


@frappe.whitelist()
def report_to_pdf(html: str, orientation: str = "Landscape") -> None:
	"""A report as the user sees it, as PDF. The access log says that it was made, not what was in it."""
	make_access_log(file_type="PDF", method="PDF")
	options = {"orientation": orientation}
	frappe.local.response.filename = "report.pdf"
	frappe.local.response.filecontent = chromium_pdf(html=html, options=options) or get_pdf(html, options)
	frappe.local.response.type = "pdf"
