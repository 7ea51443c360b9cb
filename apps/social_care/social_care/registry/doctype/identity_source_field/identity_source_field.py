from frappe.model.document import Document


class IdentitySourceField(Document):
	"""A field that a registry is told of, or asked about."""
