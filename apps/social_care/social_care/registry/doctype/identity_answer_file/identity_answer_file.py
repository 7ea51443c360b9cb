import frappe
from frappe.model.document import Document

from social_care.registry.verification import faults, rights


class IdentityAnswerFile(Document):
	"""A file of answers: how far it is, and what was taken of it (verification/loading.py)."""

	def onload(self) -> None:
		rows = frappe.parse_json(self.rejected or "[]")
		self.set_onload("rejected", [[row, faults.sentence(code)] for row, code in rows])

	def validate(self) -> None:
		rights.refuse_by_hand(self)

	def on_trash(self) -> None:
		rights.refuse_by_hand(self)
