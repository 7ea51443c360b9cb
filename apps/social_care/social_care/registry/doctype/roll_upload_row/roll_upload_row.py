from frappe.model.document import Document


class RollUploadRow(Document):
	"""One row of an upload that would change something, or that cannot be taken. No role reads it: its cells are of
	several levels, so only the difference screen shows them, to each reader those of his levels.
	"""
