from frappe.model.document import Document


class KafalaDocument(Document):
	"""One paper of a family, and whether it has been brought."""
