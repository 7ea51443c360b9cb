from frappe.model.document import Document


class SupportProgrammeParameter(Document):
	"""A limit of a programme with the days on which it counts, and where it is written."""
