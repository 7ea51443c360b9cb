import frappe
from frappe import _
from frappe.model.document import Document

from social_care.registry import duplicates, identity


class Person(Document):
	"""One row a human, whatever files he has: a child in care, a kafala mother, an older person."""

	def validate(self) -> None:
		identity.complete_identity(self)

	def on_update(self) -> None:
		identity.bring_to_files(self)
		if (
			self.has_value_changed("national_number")
			or self.has_value_changed("search_name")
			or self.has_value_changed("birth_date")
		):
			duplicates.note_clashes(self)

	def on_trash(self) -> None:
		frappe.throw(_("A person is never deleted."), frappe.PermissionError, title=_("Not Deleted"))
