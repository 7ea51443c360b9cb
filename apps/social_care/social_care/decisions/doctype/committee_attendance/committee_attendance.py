from frappe.model.document import Document


class CommitteeAttendance(Document):
	pass
