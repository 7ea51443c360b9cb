from frappe.model.document import Document


class EntitlingStage(Document):
	"""A stage of education that entitles to stay past the age of leaving."""
