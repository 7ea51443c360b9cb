from frappe.model.document import Document


class Association(Document):
	"""Association record."""
