from frappe.model.document import Document


class ServiceMechanisation(Document):
	"""How far a service is mechanised in one governorate."""
