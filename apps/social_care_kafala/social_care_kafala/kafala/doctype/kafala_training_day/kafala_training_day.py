from frappe.model.document import Document


class KafalaTrainingDay(Document):
	pass
