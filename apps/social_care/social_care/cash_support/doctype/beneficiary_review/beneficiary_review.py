from frappe.model.document import Document

from social_care.cash_support import rights


class BeneficiaryReview(Document):
	"""A beneficiary on the list of a campaign, with what the checks found and what was decided (cash_support/decisions.py)."""

	def validate(self) -> None:
		rights.refuse_by_hand(self)

	def on_trash(self) -> None:
		rights.refuse_by_hand(self)
