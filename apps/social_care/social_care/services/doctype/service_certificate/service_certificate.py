import frappe
from frappe import _
from frappe.model.document import Document


class ServiceCertificate(Document):
	"""What a service hands out: a certificate, card, letter, decision, record, licence or permit with its number."""

	def on_trash(self) -> None:
		frappe.throw(
			_("What was issued is withdrawn, never deleted."), frappe.PermissionError, title=_("Not Deleted")
		)
