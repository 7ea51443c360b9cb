from frappe.model.document import Document


class DataQualityFault(Document):
	"""A rule that a record does not meet today. Rows come and go with the record (registry/quality/keeping.py); nobody writes them by hand."""
