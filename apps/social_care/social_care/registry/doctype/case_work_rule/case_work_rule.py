from frappe.model.document import Document


class CaseWorkRule(Document):
	"""A period of case work (days or months) from a date on, with its source."""
