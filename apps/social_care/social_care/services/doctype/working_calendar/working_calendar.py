from frappe.model.document import Document

from social_care.services.runtime import due_days


class WorkingCalendar(Document):
	"""Days of rest and official holidays, by which clocks of working days count."""

	def on_update(self) -> None:
		due_days.enqueue()
