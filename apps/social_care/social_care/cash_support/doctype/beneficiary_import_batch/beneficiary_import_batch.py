from frappe.model.document import Document

from social_care.cash_support import rights


class BeneficiaryImportBatch(Document):
	"""A list that was loaded: what it was, how far it is, what was taken of it (cash_support/loading.py)."""

	def validate(self) -> None:
		rights.refuse_by_hand(self)

	def on_trash(self) -> None:
		rights.refuse_by_hand(self)
