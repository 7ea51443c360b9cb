from frappe.model.document import Document

from social_care.cash_support.rights import refuse_by_hand


class LegacyRow(Document):
	"""A row of an earlier registry and what became of it. No role reads it; what is shown is decided where it is shown."""

	def validate(self) -> None:
		refuse_by_hand(self)

	def on_trash(self) -> None:
		refuse_by_hand(self)
