from frappe.model.document import Document


class ClosingStep(Document):
	"""A step of one closing: whose it is, until when, who took it."""
