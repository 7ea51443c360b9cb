"""Frappe's `pdf_generator` hook."""

from collections.abc import Mapping
from typing import Any, NoReturn

import frappe
from frappe import _
from pypdf import PdfWriter

from social_care import plurals
from social_care.printing import config, sheets
from social_care.printing.job import BrowserMissing, PrintError, PrintRequest, PrintTimeout
from social_care.printing.resources import resolve
from social_care.printing.worker import worker
from social_care.prints import issuing
from social_care.reading import watermark

NAMES = ("chromium", "chrome")


class PDFNotMade(frappe.ValidationError):
	"""A print could not be turned into a PDF."""


def chromium_pdf(
	print_format: str | None = None,
	html: str = "",
	options: Mapping[str, Any] | None = None,
	output: PdfWriter | None = None,
	pdf_generator: str | None = None,
) -> bytes | PdfWriter | None:
	"""The PDF of `html`, as Frappe's `pdf_generator` hook is called.

	`options` are those of `frappe.utils.pdf.get_pdf` (page-size, orientation, margin-…, password, …). With
	`output` the pages are added to that writer, which is returned (and, as in Frappe, no password is set). None
	means that another generator is asked for, or set for this site, so Frappe goes on to it. Raises PDFNotMade.
	"""
	if pdf_generator not in (None, *NAMES) or config.engine() != config.CHROMIUM:
		return None
	options = options or {}
	html, issues = issuing.fill(html)
	try:
		body = worker(config.browser_settings()).render(_request(html, options), resolve, config.timeout())
	except PrintError as error:
		if isinstance(error, BrowserMissing) and config.falls_back():
			return None
		_refuse(error)
	if output is not None:
		issuing.record(issues, body, None)
		return sheets.append(body, output)
	pdf = sheets.encrypt(body, options["password"]) if options.get("password") else body
	issuing.record(issues, body, pdf)
	return pdf


def _request(html: str, options: Mapping[str, Any]) -> PrintRequest:
	numbers = _("Page {0} of {1}").format('<span class="page"></span>', '<span class="topage"></span>')
	return PrintRequest(
		html=html,
		options=options,
		defaults=config.paper_defaults(),
		page_line=f'<p style="text-align: center; font-size: 9pt; margin: 0">{numbers}</p>',
		digits=config.digits(),
		reader=f"{frappe.local.site}:{frappe.session.user}",
		address=frappe.utils.get_url().rstrip("/"),
		watermark=watermark.text(),
	)


def _refuse(error: PrintError) -> NoReturn:
	"""Tell the user what happened, and the log what went wrong (never what was printed)."""
	frappe.logger("printing").error(f"{type(error).__name__}: {error}")
	if isinstance(error, BrowserMissing):
		message = _(
			"Chromium, which makes the PDFs, does not run on this server. Please tell your system administrator."
		)
	elif isinstance(error, PrintTimeout):
		seconds = int(config.timeout())
		message = _(
			"Making the PDF took more than {0} seconds and was stopped. Please print fewer pages at once.",
			context=plurals.form(seconds),
		).format(seconds)
	else:
		message = _(
			"The PDF could not be made. Please try again; if it fails again, tell your system administrator."
		)
	frappe.throw(message, PDFNotMade, title=_("PDF Not Made"))
