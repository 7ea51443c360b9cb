import frappe
from frappe import _
from frappe.model.document import Document

from social_care import system_fields
from social_care.registry.verification import VerificationError, batches, rights, sources


class IdentityVerificationBatch(Document):
	"""Persons whom a registry is asked about at once. Made by whoever may ask; everything after that by its buttons."""

	def before_insert(self) -> None:
		rights.check(rights.ASKERS, self.org_unit)
		sources.in_force(self.source)

	def validate(self) -> None:
		if not self.is_new():
			rights.refuse_by_hand(self)
			return
		system_fields.keep(self)
		self.made_by = frappe.session.user
		self.check_filters()

	def check_filters(self) -> None:
		if not (self.unverified or self.not_found or self.expired or self.changed_since):
			frappe.throw(
				_("Choose who is to be asked about."), VerificationError, title=_("Verification of Identity")
			)

	def after_insert(self) -> None:
		batches.enqueue(self.name)

	def on_trash(self) -> None:
		rights.refuse_by_hand(self)
