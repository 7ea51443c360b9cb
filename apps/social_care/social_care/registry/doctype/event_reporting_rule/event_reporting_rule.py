from frappe.model.document import Document


class EventReportingRule(Document):
	"""How soon events of a kind are reported to somebody, from a date on."""
