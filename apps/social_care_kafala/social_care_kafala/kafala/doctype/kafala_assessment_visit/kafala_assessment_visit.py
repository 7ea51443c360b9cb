from frappe.model.document import Document


class KafalaAssessmentVisit(Document):
	pass
