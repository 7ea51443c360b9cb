from frappe.model.document import Document


class KafalaAttendance(Document):
	pass
