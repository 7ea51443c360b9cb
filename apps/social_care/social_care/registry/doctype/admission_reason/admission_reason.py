from frappe.model.document import Document


class AdmissionReason(Document):
	"""Admission Reason record."""
