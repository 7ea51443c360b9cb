from frappe.model.document import Document


class DataQualityDay(Document):
	"""What was found in an institution at the end of a day's check: the trend of its data. Only the check writes it."""
