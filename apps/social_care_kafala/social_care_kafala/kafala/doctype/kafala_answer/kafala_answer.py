from frappe.model.document import Document


class KafalaAnswer(Document):
	"""What one condition says of a family."""
