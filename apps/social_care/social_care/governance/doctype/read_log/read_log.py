from frappe.model.document import Document

from social_care.reading.fixed import Fixed


class ReadLog(Fixed, Document):
	"""Who read which record when. Written by `social_care.reading.log` alone; never changed, never removed."""
