from frappe.model.document import Document


class CommitteeSeat(Document):
	pass
