"""Many documents saved together: each by its own rules, in memory, and what they write is written set by set.

A document made by a `Batch` is of its own controller class with `Together` in front. Its `save()` and `insert()` are the
framework's and the controller's, hooks included; rows, versions and what rules of the registry add to other tables are
collected, and `Batch.write` puts them down in a few statements. Where something is set up that a document saved alone would
set in motion and that is not known here (`handlers.py`), the documents of the batch are written one by one, as ever.
"""

import frappe
from frappe.model.document import Document


def companion(doc: Document, doctype: str, name: str | None = None) -> Document:
	"""The record that a rule saves along with `doc`: the stored one of that name, or a new one; in the batch of `doc`, if any."""
	if batch := doc.flags.batch:
		return batch.document(doctype, name)
	return frappe.get_doc(doctype, name) if name else frappe.new_doc(doctype)
