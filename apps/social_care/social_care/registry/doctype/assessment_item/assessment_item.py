from frappe.model.document import Document


class AssessmentItem(Document):
	"""One scored question of a kind of assessment."""
