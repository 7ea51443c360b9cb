from frappe.model.document import Document


class InspectionSettings(Document):
	"""Times within which a visit report goes up the three levels, and what else of a visit a decree could change."""
