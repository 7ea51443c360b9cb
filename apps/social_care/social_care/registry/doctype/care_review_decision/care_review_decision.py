from frappe.model.document import Document


class CareReviewDecision(Document):
	"""What a review decided, who does it and until when."""
