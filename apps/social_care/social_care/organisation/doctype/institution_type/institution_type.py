from frappe.model.document import Document


class InstitutionType(Document):
	"""Institution Type record."""
