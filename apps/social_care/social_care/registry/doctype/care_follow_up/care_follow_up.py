from frappe.model.document import Document


class CareFollowup(Document):
	"""What was seen of a young person or a family at a set time after leaving an institution."""
