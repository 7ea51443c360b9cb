from frappe.model.document import Document


class AssessmentScore(Document):
	"""The score of one item of an assessment."""
