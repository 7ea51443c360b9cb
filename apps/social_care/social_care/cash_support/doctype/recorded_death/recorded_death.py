from frappe.model.document import Document

from social_care.cash_support import rights


class RecordedDeath(Document):
	"""A number of the list of deaths. No role reads it; the checks ask it."""

	def validate(self) -> None:
		rights.refuse_by_hand(self)

	def on_trash(self) -> None:
		rights.refuse_by_hand(self)
