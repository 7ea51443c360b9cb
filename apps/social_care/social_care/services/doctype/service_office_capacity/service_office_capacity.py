from frappe.model.document import Document


class ServiceOfficeCapacity(Document):
	"""How many appointments a counter gives on a day, for a group of services or for all that have no row of their own."""
