from frappe.model.document import Document


class FamilySupportItem(Document):
	"""One service that keeps a family together after a child has come back."""
