from frappe.model.document import Document


class InspectionAnswer(Document):
	"""One indicator of the tool as it was when the visit began, and what the inspectors found."""
