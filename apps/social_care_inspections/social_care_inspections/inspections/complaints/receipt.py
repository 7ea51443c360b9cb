"""What follows a complaint without an account. Written by the public page only; no role reads it."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime
from social_care.services.doctype.service_receipt.service_receipt import new_code


class Receipt(Document):
	"""A number that nobody guesses, the digest of a secret word, and the digest of the page that sent the form."""

	def autoname(self) -> None:
		self.name = f"{now_datetime():%y}-{new_code()}"

	def validate(self) -> None:
		if not self.flags.by_page:
			frappe.throw(
				_("A receipt of a complaint is made by the public page."),
				frappe.PermissionError,
				title=_("Complaint Receipt"),
			)

	def on_trash(self) -> None:
		frappe.throw(_("A receipt is never deleted."), frappe.PermissionError, title=_("Not Deleted"))
