import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate


class MechanisationPhase(Document):
	"""A phase of the mechanisation of services, with the date that was announced for it (R1-04)."""

	def validate(self) -> None:
		if self.begins_on and getdate(self.begins_on) > getdate(self.target_date):
			frappe.throw(_("A phase begins before its target date."), title=_("Mechanisation Phase"))
