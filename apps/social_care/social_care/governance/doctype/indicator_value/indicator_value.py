from frappe.model.document import Document


class IndicatorValue(Document):
	"""An indicator at a place in a period, with the time at which it was counted (governance/indicators/keeping.py)."""
