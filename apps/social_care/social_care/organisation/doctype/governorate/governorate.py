from frappe.model.document import Document


class Governorate(Document):
	"""Governorate record."""
