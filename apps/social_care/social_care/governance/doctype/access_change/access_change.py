import frappe
from frappe import _
from frappe.model.document import Document


class FixedEntryError(frappe.PermissionError):
	"""An entry of the audit that somebody would change or remove."""


class AccessChange(Document):
	"""Who changed which right of whom, when. Written by the system, never changed, never removed."""

	def validate(self) -> None:
		if not self.is_new():
			self.refuse()

	def on_trash(self) -> None:
		self.refuse()

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		self.refuse()

	def refuse(self) -> None:
		frappe.throw(_("Entries of the audit stay as they are."), FixedEntryError, title=_("Access Change"))
