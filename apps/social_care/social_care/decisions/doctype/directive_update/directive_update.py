from frappe.model.document import Document


class DirectiveUpdate(Document):
	pass
