from frappe.model.document import Document


class KafalaRule(Document):
	"""One condition of a rule set, written as expressions over facts and limits."""
