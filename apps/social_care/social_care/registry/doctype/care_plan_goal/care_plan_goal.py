from frappe.model.document import Document


class CarePlanGoal(Document):
	"""What is to be reached in one domain, by which action, by whom and until when."""
