from frappe.model.document import Document


class ServiceRuleResult(Document):
	"""The answer of one rule of the pack to one request, and who waived it."""
