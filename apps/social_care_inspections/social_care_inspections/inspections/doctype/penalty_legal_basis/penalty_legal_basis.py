from frappe.model.document import Document


class PenaltyLegalBasis(Document):
	"""A law or decree and the article of it that a penalty stands on."""
