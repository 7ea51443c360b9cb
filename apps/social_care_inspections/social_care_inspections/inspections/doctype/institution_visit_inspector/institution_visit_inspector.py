from frappe.model.document import Document


class InstitutionVisitInspector(Document):
	"""Somebody who is ordered to make a visit."""
