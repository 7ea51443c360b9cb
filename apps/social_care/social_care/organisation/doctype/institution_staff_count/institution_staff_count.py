from frappe.model.document import Document


class InstitutionStaffCount(Document):
	"""Institution Staff Count record."""
