from frappe.model.document import Document


class KafalaAssessmentPart(Document):
	pass
