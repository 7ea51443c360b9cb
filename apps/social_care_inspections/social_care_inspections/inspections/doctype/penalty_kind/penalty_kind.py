from frappe.model.document import Document


class PenaltyKind(Document):
	"""A kind of penalty: whom it may be made against, and what its decision needs."""
