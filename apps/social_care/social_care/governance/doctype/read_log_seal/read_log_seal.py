from frappe.model.document import Document

from social_care.reading.fixed import Fixed


class ReadLogSeal(Fixed, Document):
	"""The heads of all chains of the Read Log at one moment. Written by `social_care.reading.seals` alone."""
