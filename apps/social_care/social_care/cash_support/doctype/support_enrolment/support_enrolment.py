from frappe.model.document import Document

from social_care.cash_support import rights


class SupportEnrolment(Document):
	"""Who is in a programme, from when to when; a number once a programme."""

	def validate(self) -> None:
		rights.refuse_by_hand(self)

	def on_trash(self) -> None:
		rights.refuse_by_hand(self)
