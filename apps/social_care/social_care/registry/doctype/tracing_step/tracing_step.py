from frappe.model.document import Document


class TracingStep(Document):
	"""One step of a search for a child's family: what was done, by whom, with what result."""
