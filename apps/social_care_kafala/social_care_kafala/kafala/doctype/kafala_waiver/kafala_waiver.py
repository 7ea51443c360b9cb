from frappe.model.document import Document


class KafalaWaiver(Document):
	"""One condition that was waived, by whom and why."""
