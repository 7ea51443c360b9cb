from frappe.model.document import Document


class VisitPlanRow(Document):
	"""One visit of a plan, and the visit that was made of it."""
