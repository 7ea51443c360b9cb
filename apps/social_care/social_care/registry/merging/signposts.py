"""Merged records stay as signposts: they say into whom, and are not changed any more."""

import frappe
from frappe import _
from frappe.model.document import Document

from social_care.registry.merging import MergeError


def refuse_change(doc: Document) -> None:
	"""Nothing is written into a record that was merged into another."""
	before = doc.get_doc_before_save()
	if before and before.get("merged_into"):
		frappe.throw(
			_("This record was merged into {0}; go on working there.").format(before.merged_into),
			MergeError,
			title=_("Merging"),
		)


def target(doctype: str, name: str) -> str:
	"""The record that stands for this one today: itself, or the one it was merged into."""
	seen = {name}
	while following := frappe.db.get_value(doctype, name, "merged_into"):
		if following in seen:
			break
		seen.add(following)
		name = following
	return name
