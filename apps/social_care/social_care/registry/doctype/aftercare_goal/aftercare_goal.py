from frappe.model.document import Document


class AftercareGoal(Document):
	"""One goal of an aftercare plan: the area of life, who is responsible, until when, how far it is."""
