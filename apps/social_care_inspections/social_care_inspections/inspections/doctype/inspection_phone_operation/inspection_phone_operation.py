import frappe
from frappe.model.document import Document
from frappe.query_builder import Interval
from frappe.query_builder.functions import Now


class InspectionPhoneOperation(Document):
	"""That a change made on a phone was applied: its id, and nothing of what it said.

	Cleaned by Log Settings, long after the last device that could send it again has erased it.
	"""

	@staticmethod
	def clear_old_logs(days: int = 180) -> None:
		"""Delete rows of more than so many days ago."""
		table = frappe.qb.DocType("Inspection Phone Operation")
		frappe.db.delete(table, filters=(table.creation < Now() - Interval(days=days)))
