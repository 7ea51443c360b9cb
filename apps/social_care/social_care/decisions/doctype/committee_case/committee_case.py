from frappe.model.document import Document


class CommitteeCase(Document):
	pass
