from frappe.model.document import Document


class CircularAddressee(Document):
	pass
