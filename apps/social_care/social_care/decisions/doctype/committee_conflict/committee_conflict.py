from frappe.model.document import Document


class CommitteeConflict(Document):
	pass
