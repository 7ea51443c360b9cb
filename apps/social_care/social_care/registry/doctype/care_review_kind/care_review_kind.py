from frappe.model.document import Document


class CareReviewKind(Document):
	"""An occasion on which a child's care is reviewed, and whether it needs a best interests determination."""
