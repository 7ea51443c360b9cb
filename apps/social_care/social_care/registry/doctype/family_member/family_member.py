from frappe.model.document import Document


class FamilyMember(Document):
	"""Family Member record."""
