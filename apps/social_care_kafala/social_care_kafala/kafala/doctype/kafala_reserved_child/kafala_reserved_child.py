import frappe
from frappe.model.document import Document

from social_care_kafala.kafala.matching import states


class KafalaReservedChild(Document):
	"""A child who is held for one family. `open_child` is unique in the table, so that the database itself knows no second one."""

	def db_insert(self, *args, **kwargs) -> None:
		try:
			super().db_insert(*args, **kwargs)
		except frappe.UniqueValidationError:
			frappe.clear_last_message()  # the framework's sentence on a unique field
			states.refuse_taken(self.child)
