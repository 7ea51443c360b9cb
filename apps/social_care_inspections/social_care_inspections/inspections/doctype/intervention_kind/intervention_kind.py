from frappe.model.document import Document


class InterventionKind(Document):
	"""A kind of case for rapid intervention, and how soon a team is there."""
