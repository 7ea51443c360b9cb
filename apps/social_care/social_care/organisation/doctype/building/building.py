from frappe.model.document import Document


class Building(Document):
	"""Building record."""
