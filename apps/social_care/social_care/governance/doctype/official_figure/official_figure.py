from frappe.model.document import Document


class OfficialFigure(Document):
	"""Official Figure record."""
