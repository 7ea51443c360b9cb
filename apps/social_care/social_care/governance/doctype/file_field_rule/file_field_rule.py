from frappe.model.document import Document


class FileFieldRule(Document):
	"""File Field Rule record."""
