from frappe.model.document import Document


class InspectionEvidence(Document):
	"""A photograph or paper that proves what was found; a private file of the visit."""
