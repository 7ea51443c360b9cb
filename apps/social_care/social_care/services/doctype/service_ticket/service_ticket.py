import frappe
from frappe import _
from frappe.model.document import Document

from social_care.services.counter import numbering, offices

KEPT = (
	*(
		"office",
		"day",
		"number",
		"title",
		"state",
		"window",
		"served_by",
		"issued_on",
		"called_on",
		"last_called_on",
	),
	*("calls", "began_on", "ended_on", "waiting_seconds", "service_seconds", "within_target"),
)


class ServiceTicket(Document):
	"""A number in the queue of a counter on a day. It names nobody; times are taken by the server."""

	def before_insert(self) -> None:
		"""What a client sent for number, state and times is dropped."""
		offices.take_place(self)
		numbering.begin(self)

	def validate(self) -> None:
		self.keep_system_fields()

	def keep_system_fields(self) -> None:
		"""Only a step (services/counter/steps.py) changes the state, and with it the times."""
		before = self.get_doc_before_save()
		if before and not self.flags.by_step:
			self.update({field: before.get(field) for field in KEPT})
		if before:
			offices.take_place(self)

	def on_trash(self) -> None:
		frappe.throw(_("A ticket is never deleted."), frappe.PermissionError, title=_("Not Deleted"))
