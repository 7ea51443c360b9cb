from frappe.model.document import Document


class ServiceRequestDocument(Document):
	"""A paper that a request brings, and whether it was looked at."""
