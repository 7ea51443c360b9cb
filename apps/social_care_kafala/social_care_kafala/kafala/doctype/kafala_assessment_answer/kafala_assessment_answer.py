from frappe.model.document import Document


class KafalaAssessmentAnswer(Document):
	pass
