"""What the scope has to say when a row is renamed, amended or announced to open lists (hooks `doc_events` under "*").

The framework asks for the right to the type before it renames or merges, not to the row; it believes an amendment's
word about the record that it amends; and it tells the name of every changed record to all who may read the type.
"""

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.permissions import is_scoped


def check_rename(doc: Document, method: str, old: str, new: str, merge: bool = False) -> None:
	"""Refuse to rename or merge a row of a scoped type, unless the type allows it and the user may change both rows.

	The schema alone allows it (`allow_rename`): a browser may ask for a forced rename.
	"""
	if frappe.session.user == "Administrator" or not is_scoped(doc.doctype):
		return
	if not doc.meta.allow_rename:
		frappe.throw(
			_("Records of this kind keep their names."), frappe.PermissionError, title=_("Not Permitted")
		)
	for name in {old, new}:
		if frappe.db.exists(doc.doctype, name):
			frappe.get_doc(doc.doctype, name).check_permission("write")


def check_amendment(doc: Document, method: str | None = None) -> None:
	"""Refuse an amendment of a record that is not cancelled, or that the user may not read."""
	original = doc.get("amended_from") if doc.meta.is_submittable and doc.is_new() else None
	if not original:
		return
	amended = frappe.get_doc(doc.doctype, original)
	if not doc.flags.ignore_permissions:
		amended.check_permission("read")
	if not amended.docstatus.is_cancelled():
		frappe.throw(_("Only a cancelled record can be amended."), title=_("Not Permitted"))


def announce_to_readers(doc: Document, method: str | None = None) -> None:
	"""Tell of a change of a scoped row those who have this row open, and not the lists of everybody else."""
	if not doc.flags.get("notify_update", True) or not is_scoped(doc.doctype):
		return
	doc.flags.notify_update = False
	frappe.publish_realtime(
		"doc_update",
		{"modified": doc.modified, "doctype": doc.doctype, "name": doc.name},
		doctype=doc.doctype,
		docname=doc.name,
		after_commit=True,
	)
