from frappe.model.document import Document


class KafalaStateClock(Document):
	"""Days that a step of the path may take."""
