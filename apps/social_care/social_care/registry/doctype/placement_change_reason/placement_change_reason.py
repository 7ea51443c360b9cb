from frappe.model.document import Document


class PlacementChangeReason(Document):
	"""A reason for a movement, and whether it asks for a best interests determination."""
