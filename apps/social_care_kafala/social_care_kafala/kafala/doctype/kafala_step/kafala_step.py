from frappe.model.document import Document


class KafalaStep(Document):
	"""How long a case was in one step of the path."""
