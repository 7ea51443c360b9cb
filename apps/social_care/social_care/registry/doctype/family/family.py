import frappe
from frappe import _
from frappe.model.document import Document

from social_care.organisation.grants import INSTITUTION, active_grants
from social_care.registry import national_number
from social_care.registry.search import fill_search_name


class Family(Document):
	"""The family of origin of one or more children: members, relations, whether they may return."""

	def before_insert(self) -> None:
		self.set_registering_place()

	def validate(self) -> None:
		fill_search_name(self, "family_title")
		self.keep_registering_place()
		for member in self.members:
			member.national_number = national_number.clean(member.national_number)
			if member.national_number:
				national_number.parse(member.national_number)

	def on_trash(self) -> None:
		if frappe.db.exists("Child", {"family": self.name}):
			frappe.throw(
				_("A family with children in care is never deleted."),
				frappe.PermissionError,
				title=_("Not Deleted"),
			)

	def set_registering_place(self) -> None:
		"""Until a child's file names the family, it belongs to the place where it was entered."""
		grants = active_grants(frappe.session.user)
		institutions = sorted({grant.institution for grant in grants if grant.scope == INSTITUTION})
		units = sorted({grant.org_unit for grant in grants if grant.scope != INSTITUTION})
		self.registering_institution = institutions[0] if institutions else None
		self.registering_unit = units[0] if units and not institutions else None
		if not self.governorate:
			self.governorate = self._governorate_of_registration()

	def _governorate_of_registration(self) -> str | None:
		if self.registering_institution:
			return frappe.db.get_value("Institution", self.registering_institution, "governorate")
		return (
			frappe.db.get_value("Org Unit", self.registering_unit, "governorate")
			if self.registering_unit
			else None
		)

	def keep_registering_place(self) -> None:
		"""The place of registration is written by the system."""
		before = self.get_doc_before_save()
		if before:
			self.registering_institution, self.registering_unit = (
				before.registering_institution,
				before.registering_unit,
			)
