from frappe import _
from frappe.utils import getdate

from social_care.registry.case_work.records import CaseRecord, check_day, refuse


class FamilyContact(CaseRecord):
	"""A visit, call, message or stay between a child and his relatives (formal care indicator 6)."""

	def validate(self) -> None:
		self.keep_system_fields()
		if self.is_new() or self.has_value_changed("contact_date"):
			check_day(self, "contact_date")
		if self.next_contact_on and getdate(self.next_contact_on) < getdate(self.contact_date):
			refuse(_("The next contact lies after this one."), _("Family Contact"))
