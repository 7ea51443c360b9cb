"""Copies of deleted records hold personal data: they go after a time that Log Settings says."""

import frappe
from frappe.core.doctype.deleted_document.deleted_document import DeletedDocument
from frappe.query_builder import Interval
from frappe.query_builder.functions import Now

DAYS = {"Deleted Document": 180}


class ClearedDeletedDocument(DeletedDocument):
	"""A deleted record's copy, as a kind of log that the framework's daily clearing knows."""

	@staticmethod
	def clear_old_logs(days: int = DAYS["Deleted Document"]) -> None:
		table = frappe.qb.DocType("Deleted Document")
		frappe.db.delete("Deleted Document", filters=(table.creation < (Now() - Interval(days=days))))


def ensure_retention() -> None:
	"""Rows of Log Settings for what would otherwise stay for ever; days that somebody set are left alone."""
	settings = frappe.get_doc("Log Settings")
	known = {row.ref_doctype for row in settings.logs_to_clear}
	missing = [doctype for doctype in DAYS if doctype not in known]
	for doctype in missing:
		settings.append("logs_to_clear", {"ref_doctype": doctype, "days": DAYS[doctype]})
	if missing:
		settings.save(ignore_permissions=True)
