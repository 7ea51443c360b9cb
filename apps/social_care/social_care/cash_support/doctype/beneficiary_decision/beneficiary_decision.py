from frappe.model.document import Document

from social_care.cash_support import rights


class BeneficiaryDecision(Document):
	"""One outcome for some beneficiaries, signed by two (cash_support/decisions.py)."""

	def validate(self) -> None:
		rights.refuse_by_hand(self)

	def on_trash(self) -> None:
		rights.refuse_by_hand(self)
