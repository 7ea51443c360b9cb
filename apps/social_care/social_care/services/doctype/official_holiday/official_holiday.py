from frappe.model.document import Document


class OfficialHoliday(Document):
	"""Days on which offices are closed; a row of the Working Calendar."""
