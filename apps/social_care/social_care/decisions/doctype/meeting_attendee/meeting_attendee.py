from frappe.model.document import Document


class MeetingAttendee(Document):
	pass
