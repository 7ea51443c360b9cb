from frappe.model.document import Document


class KafalaChildVisit(Document):
	"""One visit of the family to the child: how the child reacted, what he says, how the family treated him."""
