from frappe.model.document import Document


class IndicatorRun(Document):
	"""One computation of indicators: one after another, and on from where it was stopped (governance/indicators/run.py)."""
