import frappe
from frappe import _
from frappe.model.document import Document

from social_care.cash_support import rights
from social_care.cash_support.rounds import APPROVED, PAID, FrozenRoundError


class SupportRound(Document):
	"""One round of a programme (cash_support/rounds.py): what was approved of it never changes."""

	def validate(self) -> None:
		rights.refuse_by_hand(self)
		self.keep_what_was_approved()

	def keep_what_was_approved(self) -> None:
		"""After the approval only the payment is added."""
		before = self.get_doc_before_save()
		frozen = ("programme", "round_number", "month", "households", "total_amount", "digest", "approved_by")
		if (
			before
			and before.status in (APPROVED, PAID)
			and any(str(before.get(field)) != str(self.get(field)) for field in frozen)
		):
			frappe.throw(_("The round is frozen; its households do not change any more."), FrozenRoundError)

	def on_trash(self) -> None:
		rights.refuse_by_hand(self)
