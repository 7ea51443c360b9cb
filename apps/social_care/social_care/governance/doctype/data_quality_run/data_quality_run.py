from frappe.model.document import Document


class DataQualityRun(Document):
	"""One check of all records: chunk by chunk, and on from where it was stopped (registry/quality/run.py)."""
