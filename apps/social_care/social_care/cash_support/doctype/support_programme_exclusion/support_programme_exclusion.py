from frappe.model.document import Document


class SupportProgrammeExclusion(Document):
	"""Whoever is in that programme today is not taken into this one."""
