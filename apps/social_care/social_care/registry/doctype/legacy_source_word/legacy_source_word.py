from frappe.model.document import Document


class LegacySourceWord(Document):
	pass
