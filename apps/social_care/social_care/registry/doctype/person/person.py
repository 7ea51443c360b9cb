import frappe
from frappe import _
from frappe.model.document import Document

from social_care import system_fields
from social_care.governance.change_requests import guard
from social_care.registry import duplicates, identity
from social_care.registry.merging import signposts
from social_care.registry.verification import standing


class Person(Document):
	"""One row a human, whatever files he has: a child in care, a kafala mother, an older person."""

	def validate(self) -> None:
		signposts.refuse_change(self)
		system_fields.keep(self, ["merged_into"])
		identity.complete_identity(self)
		guard.refuse_around(self)
		standing.follow(self)

	def on_update(self) -> None:
		standing.void_differences(self)
		identity.bring_to_files(self)
		if (
			self.has_value_changed("national_number")
			or self.has_value_changed("search_name")
			or self.has_value_changed("birth_date")
		):
			duplicates.note_clashes(self)

	def on_trash(self) -> None:
		frappe.throw(_("A person is never deleted."), frappe.PermissionError, title=_("Not Deleted"))
