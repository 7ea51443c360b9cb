import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from social_care import system_fields


class BeneficiaryReviewCampaign(Document):
	"""The review of a list of beneficiaries: cleaned, or moved from one programme to another (docs/beneficiary-review.md)."""

	def validate(self) -> None:
		system_fields.keep(self)
		self.check_programmes()
		self.check_dates()

	def check_programmes(self) -> None:
		"""A migration leads elsewhere; once rows are there the programmes stay."""
		if self.kind == "Migration to Another Programme" and not self.target_programme:
			frappe.throw(_("Choose the programme to which beneficiaries are moved."), title=_("Programme"))
		if self.target_programme == self.source_programme:
			frappe.throw(_("The two programmes are the same."), title=_("Programme"))
		before = self.get_doc_before_save()
		changed = before and any(
			before.get(field) != self.get(field) for field in ("source_programme", "target_programme")
		)
		if changed and frappe.db.exists("Beneficiary Review", {"campaign": self.name}):
			frappe.throw(_("The campaign has rows; its programmes stay as they are."), title=_("Programme"))

	def check_dates(self) -> None:
		if self.starts_on and self.ends_on and getdate(self.ends_on) < getdate(self.starts_on):
			frappe.throw(_("The campaign ends before it begins."), title=_("Campaign"))

	def on_trash(self) -> None:
		if frappe.db.exists("Beneficiary Review", {"campaign": self.name}):
			frappe.throw(_("A campaign with rows is not deleted."), title=_("Campaign"))
