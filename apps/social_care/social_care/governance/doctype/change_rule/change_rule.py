from frappe.model.document import Document


class ChangeRule(Document):
	"""A field of the child's file, or a level of fields, that is changed by a request only."""
