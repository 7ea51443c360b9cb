from frappe.model.document import Document


class CarePlanDomain(Document):
	"""A domain of a child's needs: health, education, family …"""
