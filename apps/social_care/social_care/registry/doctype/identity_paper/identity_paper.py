from frappe.model.document import Document


class IdentityPaper(Document):
	"""Identity Paper record."""
