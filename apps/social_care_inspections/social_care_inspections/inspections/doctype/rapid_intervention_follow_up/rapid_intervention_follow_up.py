from frappe.model.document import Document


class RapidInterventionFollowUp(Document):
	"""One look after the people of a case."""
