from frappe.model.document import Document


class DuplicateSearch(Document):
	"""One comparison of all persons: part by part, and on from where it was stopped (registry/matching/run.py)."""
