from frappe.model.document import Document


class HealthRecord(Document):
	"""Health Record record."""
