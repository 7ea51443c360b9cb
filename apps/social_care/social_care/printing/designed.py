"""Prints made with the designer of print formats, which the framework gives to a program that fetches any address."""

import frappe
from frappe.utils.pdf import get_pdf
from frappe.utils.weasyprint import PrintFormatGenerator

from social_care.printing.generator import chromium_pdf


@frappe.whitelist()
def download_pdf(doctype: str, name: str, print_format: str, letterhead: str | None = None) -> None:
	"""Frappe's own download of such a print, made by the browser that reaches nothing but this site's pictures."""
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("print")
	doc.apply_fieldlevel_read_permissions()
	html = PrintFormatGenerator(print_format, doc, letterhead).get_html_preview()
	frappe.local.response.filename = f"{name}.pdf".replace(" ", "-").replace("/", "-")
	frappe.local.response.filecontent = chromium_pdf(html=html) or get_pdf(html)
	frappe.local.response.type = "pdf"
