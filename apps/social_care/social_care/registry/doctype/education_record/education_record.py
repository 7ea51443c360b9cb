from frappe.model.document import Document


class EducationRecord(Document):
	"""Education Record record."""
