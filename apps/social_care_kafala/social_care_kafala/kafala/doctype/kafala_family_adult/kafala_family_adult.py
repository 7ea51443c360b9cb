from frappe.model.document import Document


class KafalaFamilyAdult(Document):
	"""One adult of a family that applies; Person of the core is the truth of him."""
