from frappe.model.document import Document


class KafalaCentreFollowUp(Document):
	"""What was seen in a building on a day, with the share of the works done by then."""
