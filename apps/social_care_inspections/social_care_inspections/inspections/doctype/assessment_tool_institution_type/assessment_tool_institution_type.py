from frappe.model.document import Document


class AssessmentToolInstitutionType(Document):
	"""A kind of institution that an assessment tool is meant for."""
