from frappe.model.document import Document


class ServiceClockEntry(Document):
	"""One stay of a request in one state: since when, until when, how many days."""
