from frappe.model.document import Document

from social_care.cash_support import rights, rounds


class SupportRoundEntry(Document):
	"""A household of a round: once a round, changed by nobody after the round was submitted."""

	def validate(self) -> None:
		rights.refuse_by_hand(self)
		rounds.check_open(self.support_round, lock=True)

	def on_trash(self) -> None:
		rights.refuse_by_hand(self)
		rounds.check_open(self.support_round, lock=True)
