from frappe.model.document import Document


class ClosingAsset(Document):
	"""A thing that an institution owns, and who takes it."""
