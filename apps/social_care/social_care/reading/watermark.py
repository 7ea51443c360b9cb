"""Reader and time on every page of a print of a child's file."""

import frappe
from frappe import _
from frappe.utils import escape_html, format_datetime, now_datetime
from werkzeug.wrappers import Response

from social_care.prints.digits import in_digits
from social_care.reading.arguments import records_of
from social_care.reading.notes import PRINTED, pending

ASKED = "social_care_asked"  # what `observe.begin` keeps of the request
LAYER = """<div aria-hidden="true" style="position:fixed;inset:0;pointer-events:none;z-index:9999;display:flex;flex-direction:column;
justify-content:space-around;align-items:center;overflow:hidden">{0}</div>"""
LINE = """<div style="transform:rotate(-24deg);white-space:nowrap;font-size:20px;color:rgba(60,60,60,.13)">{0}</div>"""
LINES = 5


def text() -> str:
	"""The text for the print that the request under way makes; "" where it is of no personal record, or not wanted."""
	if frappe.session.user == "Guest" or not frappe.get_cached_doc("Reading Control Settings").watermark:
		return ""
	handed_out = set(frappe.get_hooks("social_care_handed_out"))
	if any(about in handed_out for _type, _names, _channel, about in pending()):
		return ""  # the paper itself says so while it is drawn; what a request asks for does not
	return _sentence() if _types() - handed_out else ""


def _types() -> set[str]:
	"""Types of the personal records that the print shows or was asked for."""
	shown = {row[0] for row in (*pending(), *(getattr(frappe.local, PRINTED, None) or ()))}
	name, arguments = getattr(frappe.local, ASKED, None) or ("", {})
	if not name:
		return shown
	found = records_of(name, arguments)
	return shown | set(found.doctypes) | {doctype for doctype, _name in found.records}


def _sentence() -> str:
	reader = frappe.utils.get_fullname(frappe.session.user)
	return _("Read by {0} on {1}").format(
		reader, in_digits(format_datetime(now_datetime(), "yyyy/MM/dd HH:mm"))
	)


def mark_page(response: Response) -> None:
	"""The same over the page that a browser prints by itself."""
	sentence = text()
	if not sentence or response.mimetype != "text/html":
		return
	layer = LAYER.format(LINE.format(escape_html(sentence)) * LINES)
	page = response.get_data(as_text=True)
	head, body, rest = page.rpartition("</body>")
	response.set_data(f"{head}{layer}{body}{rest}" if body else page + layer)
