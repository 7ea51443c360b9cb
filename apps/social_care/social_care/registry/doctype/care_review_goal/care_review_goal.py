from frappe.model.document import Document


class CareReviewGoal(Document):
	"""How far a goal of the plan has come on the day of a review."""
