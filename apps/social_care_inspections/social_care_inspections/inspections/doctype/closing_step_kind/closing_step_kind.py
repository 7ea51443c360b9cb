from frappe.model.document import Document


class ClosingStepKind(Document):
	"""A step that every closing of a result takes, with its owner and its clock."""
