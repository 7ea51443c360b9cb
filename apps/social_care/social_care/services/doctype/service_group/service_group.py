from frappe.model.document import Document


class ServiceGroup(Document):
	"""A group of the catalogue of services."""
