from frappe.model.document import Document


class KafalaSettings(Document):
	"""Clocks of the path and amounts, which a decree could change."""
