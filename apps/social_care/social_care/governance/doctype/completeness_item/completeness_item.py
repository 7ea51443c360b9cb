from frappe.model.document import Document


class CompletenessItem(Document):
	"""File Field Rule record."""
