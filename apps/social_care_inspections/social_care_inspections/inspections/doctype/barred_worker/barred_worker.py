from frappe.model.document import Document

from social_care_inspections.inspections.paper import never_deleted


class BarredWorker(Document):
	"""Somebody who was excluded from work in care by a decision. Written by decisions, never by hand, and never deleted."""

	def on_trash(self) -> None:
		never_deleted()
