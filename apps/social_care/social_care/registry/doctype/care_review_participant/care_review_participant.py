from frappe.model.document import Document


class CareReviewParticipant(Document):
	"""Somebody who took part in a review, and as what."""
