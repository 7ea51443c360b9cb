from frappe.model.document import Document

from social_care.cash_support import rights


class BeneficiaryRejectedRow(Document):
	"""A row of a list that was not taken, as it came. No role reads it; it leaves as a workbook (cash_support/rejects.py)."""

	def validate(self) -> None:
		rights.refuse_by_hand(self)

	def on_trash(self) -> None:
		rights.refuse_by_hand(self)
