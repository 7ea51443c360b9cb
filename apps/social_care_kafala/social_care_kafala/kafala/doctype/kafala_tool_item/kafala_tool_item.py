from frappe.model.document import Document


class KafalaToolItem(Document):
	pass
