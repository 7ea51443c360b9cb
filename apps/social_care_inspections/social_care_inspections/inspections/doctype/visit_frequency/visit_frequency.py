from frappe.model.document import Document


class VisitFrequency(Document):
	"""How often institutions of a kind, grade or risk are visited by units of a level."""
