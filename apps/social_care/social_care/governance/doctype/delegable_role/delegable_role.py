from frappe.model.document import Document


class DelegableRole(Document):
	"""Delegable Role record."""
