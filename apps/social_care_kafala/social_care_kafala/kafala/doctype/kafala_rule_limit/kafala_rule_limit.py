from frappe.model.document import Document


class KafalaRuleLimit(Document):
	"""A number of a rule set, with its source and what other sources say."""
