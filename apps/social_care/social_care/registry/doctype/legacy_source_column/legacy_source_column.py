from frappe.model.document import Document


class LegacySourceColumn(Document):
	pass
