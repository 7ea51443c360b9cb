"""The framework's plain print of a child's file, which anybody who prints may choose, leaves out what may not leave care."""

import frappe
from frappe.model import table_fields
from frappe.model.document import Document

HIGHEST_LEVEL = 1


def hide_protected(child: Document) -> None:
	"""Empty the fields above level 1 (parentage, finding, health) for a print that is none of the child's print formats.

	Works on the document in memory; the framework does not save a document that is being printed.
	"""
	request = frappe.form_dict
	asked = request.get("format") or request.get("print_format") or child.meta.default_print_format
	if asked and frappe.db.exists("Print Format", {"name": asked, "doc_type": child.doctype}):
		return
	for df in child.meta.fields:
		if (df.permlevel or 0) > HIGHEST_LEVEL:
			child.set(df.fieldname, [] if df.fieldtype in table_fields else None)
