from frappe.model.document import Document


class ClosingReceivingKind(Document):
	"""A kind of institution that takes children of one that closes."""
