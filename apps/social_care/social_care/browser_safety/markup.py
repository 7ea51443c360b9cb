"""No markup in plain text: one `validate` hook for all DocTypes, which fields it looks at is read from the schema.

A plain text that a browser would take for markup is refused with a sentence that says what to change; it is not
altered, so nobody's words become others'. Formatted text is cleaned. What a row held before stays: it can be saved
without being touched.
"""

import json
from collections.abc import Iterator

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.browser_safety.rich_text import clean, holds_markup, is_address

PLAIN = {"Data", "Small Text", "Text", "Long Text", "Read Only", "Phone", "Autocomplete", "Barcode", "Select"}
FORMATTED = {"Text Editor", "HTML Editor", "Markdown Editor"}
FILES = {"Attach", "Attach Image", "Signature"}
# Rows that the program writes about what it does, with words of its own around the user's.
WRITTEN_BY_PROGRAM = {
	"Access Log",
	"Activity Log",
	"Email Queue",
	"Error Log",
	"Integration Request",
	"Notification Log",
	"Prepared Report",
	"Route History",
	"Scheduled Job Log",
}
# Texts that are shown to everybody and that no administrator needs to format further.
ALWAYS_CLEANED = {
	"Comment": ["content"],
	"Note": ["content"],
	"Translation": ["source_text", "translated_text"],
}
DOCUMENTS = {"Workspace": ["content"]}


class MarkupError(frappe.ValidationError):
	"""A plain text holds markup, or an address leads to something that runs."""


def check_texts(doc: Document, _method: str | None = None) -> None:
	"""`validate` hook of every DocType."""
	if frappe.flags.in_install or frappe.flags.in_migrate or frappe.flags.in_patch:
		return
	for fieldname in ALWAYS_CLEANED.get(doc.doctype, ()):
		rewrite(doc, fieldname, clean)
	for fieldname in DOCUMENTS.get(doc.doctype, ()):
		rewrite(doc, fieldname, clean_json)
	if is_free(doc):
		return
	for row in (doc, *doc.get_all_children()):
		for df, value in changed_texts(doc, row):
			check_text(doc, row, df, value)


def is_free(doc: Document) -> bool:
	"""An administrator composes pages, mails and descriptions of the framework; nobody does so in our DocTypes."""
	if "System Manager" not in frappe.get_roles():
		return False
	app = frappe.local.module_app.get(frappe.scrub(doc.meta.module or ""))
	return app == "frappe" and doc.doctype not in WRITTEN_BY_PROGRAM


def changed_texts(doc: Document, row: Document) -> Iterator[tuple]:
	"""Fields of a row, with the new texts that hold anything to look at."""
	for df in row.meta.fields:
		value = row.get(df.fieldname)
		if isinstance(value, str) and is_suspicious(df, value) and value != stored(doc, row, df.fieldname):
			yield df, value


def is_suspicious(df, value: str) -> bool:
	return "<" in value or is_url(df) or (df.fieldtype in FILES and ":" in value)


def is_url(df) -> bool:
	return df.fieldtype == "Data" and df.options == "URL"


def stored(doc: Document, row: Document, fieldname: str) -> str | None:
	"""What the row held before this save."""
	before = doc.get_doc_before_save()
	if not before or row is doc:
		return before and before.get(fieldname)
	same = (old for old in before.get(row.parentfield) or () if old.name == row.name)
	return next((old.get(fieldname) for old in same), None)


def check_text(doc: Document, row: Document, df, value: str) -> None:
	"""Refuse or clean one text, as its field asks for."""
	if is_url(df) or df.fieldtype in FILES:
		check_address(row, df, value)
	if df.fieldtype not in FORMATTED and not (df.fieldtype in PLAIN and holds_markup(value)):
		return
	if df.fieldtype in FORMATTED or doc.doctype in WRITTEN_BY_PROGRAM:
		row.set(df.fieldname, clean(value))
	else:
		refuse(
			_(
				"The field «{0}» holds the sign «<» directly before a letter; a browser would take that for markup."
			)
			+ " "
			+ _("Leave a space after the sign."),
			row,
			df,
		)


def check_address(row: Document, df, value: str) -> None:
	"""Links lead to pages, mailboxes and telephones; a drawn signature is a picture."""
	if df.fieldtype == "Signature" and value.startswith("data:image/"):
		return
	if not is_address(value) or any(sign in value for sign in "<>\"'\\`"):
		refuse(_("The field «{0}» holds an address that cannot be opened safely."), row, df)


def refuse(message: str, row: Document, df) -> None:
	label = _(df.label or df.fieldname, context=row.doctype)
	frappe.throw(message.format(frappe.bold(label)), MarkupError, title=_("Not Allowed in a Text"))


def rewrite(doc: Document, fieldname: str, function) -> None:
	value = doc.get(fieldname)
	if isinstance(value, str) and "<" in value:
		doc.set(fieldname, function(value))


def clean_json(text: str) -> str:
	"""A JSON document with each text in it cleaned; what is no JSON is cleaned as a whole."""
	try:
		return json.dumps(cleaned_tree(json.loads(text)))
	except ValueError:
		return clean(text)


def cleaned_tree(value):
	if isinstance(value, str):
		return clean(value)
	if isinstance(value, list):
		return [cleaned_tree(each) for each in value]
	return {key: cleaned_tree(each) for key, each in value.items()} if isinstance(value, dict) else value
