import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from social_care.registry.verification import VerificationError, sources, web_source


class IdentitySource(Document):
	"""A registry outside, from when to when it may be asked, how, and with which fields (docs/identity-verification.md)."""

	def validate(self) -> None:
		self.check_dates()
		self.check_connector()
		self.check_fields()

	def check_dates(self) -> None:
		if self.valid_to and getdate(self.valid_to) < getdate(self.valid_from):
			self.refuse(_("The period ends before it begins."))

	def check_connector(self) -> None:
		connector = sources.connector_of(self)
		if connector is not web_source.WEB:
			return
		try:
			web_source.check_address(self.address)
		except sources.SourceError as error:
			self.refuse(str(error))

	def check_fields(self) -> None:
		"""Each field once, and something to compare."""
		named = [row.field for row in self.fields]
		if len(named) != len(set(named)) or not any(row.compared for row in self.fields):
			self.refuse(_("Name each field once, and at least one that is compared."))

	def refuse(self, sentence: str) -> None:
		frappe.throw(sentence, VerificationError, title=_("Source"))
