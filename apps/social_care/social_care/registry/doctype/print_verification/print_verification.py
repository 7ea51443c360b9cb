import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

IN_FORCE, WITHDRAWN = "In Force", "Withdrawn"
CHANGING = ("state", "withdrawn_by", "withdrawn_on", "withdrawal_reason")


class PrintVerificationError(frappe.ValidationError):
	"""A change of a record that says what was issued."""


class PrintVerification(Document):
	"""That a PDF was issued: which kind, when, by whom, how long it counts. Nothing of whom it is about."""

	def validate(self) -> None:
		if not self.is_new():
			self.check_change()

	def check_change(self) -> None:
		"""A record changes once, when the print is withdrawn."""
		before = self.get_doc_before_save()
		fixed = [df.fieldname for df in self.meta.fields if df.fieldname not in CHANGING]
		if any(str(self.get(field) or "") != str(before.get(field) or "") for field in fixed):
			self.refuse(_("What was issued stays as it was written down."))
		if before.state == WITHDRAWN or self.state == IN_FORCE:
			self.refuse(_("A withdrawn print stays withdrawn."))
		if not self.flags.withdrawn:
			self.refuse(_("A print is withdrawn with a reason, by the button above."))

	def withdraw(self, reason: str) -> None:
		"""Say that the print counts no longer; saving is the caller's."""
		if self.state == WITHDRAWN:
			self.refuse(_("A withdrawn print stays withdrawn."))
		if not (reason or "").strip():
			self.refuse(_("Please write the reason for withdrawing the print."))
		self.update(
			{
				"state": WITHDRAWN,
				"withdrawn_by": frappe.session.user,
				"withdrawn_on": now_datetime(),
				"withdrawal_reason": reason.strip(),
			}
		)
		self.flags.withdrawn = True

	def on_trash(self) -> None:
		self.refuse(_("What was issued stays as it was written down."))

	def refuse(self, message: str) -> None:
		frappe.throw(message, PrintVerificationError, title=_("Print Verification"))
