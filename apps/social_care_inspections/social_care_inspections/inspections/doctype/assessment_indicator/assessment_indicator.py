from frappe.model.document import Document


class AssessmentIndicator(Document):
	"""One indicator of a standard: what is looked at, how it is scored, what it weighs."""
