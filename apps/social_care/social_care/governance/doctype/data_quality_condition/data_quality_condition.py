from frappe.model.document import Document


class DataQualityCondition(Document):
	"""A condition that the record meets where the rule asks anything of it."""
